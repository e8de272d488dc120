"""Names of packages: which ones exist, what imports and install commands call them, and which are easily mistyped.

Plain functions of text and of the lists that are shipped in `data`. Knows no rule, no workspace and no network.
"""
