"""A scan of files at once: find them, read them, analyse them in parallel, merge what the engines say.

The same units and the same analyzers as while someone types, so that both say the same. Must not know how results are
shown, nor LSP.
"""
