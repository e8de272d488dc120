"""The language server's edge: the only package that knows pygls, lsprotocol and positions in client units.

Importing it imports the protocol's 554 types without the comparison and the representation that attrs would write and
compile for each of them: nothing here compares or prints them, and they took 200 ms of every start.
"""

from __future__ import annotations

from functools import partial

import attrs

_define = attrs.define
attrs.define = partial(_define, eq=False, order=False, repr=False)
try:
    import lsprotocol.types  # noqa: F401 - for its effect
finally:
    attrs.define = _define
