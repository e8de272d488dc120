"""Documents cut into units that can be analysed by themselves: lexical, line-based, incremental.

`Segmenter` follows a document through its edits; `segment` does the same for one text at once. Nothing here parses.
"""

from leery_analyzers.units.segmenter import Segmenter, segment

__all__ = ["Segmenter", "segment"]
