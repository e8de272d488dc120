"""What the scanner of brace languages remembers from one line to the next.

Plain data: constants and the state of the fold. Small integers, since there is one state for every line of a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# What a brace opens. From BODY on, nothing inside is looked at; a template literal is open text.
ROOT, SCOPE, CLASS, BODY, BLOCK, FIELD, TEMPLATE = range(7)

# What is known of the member whose head is being read.
(
    OPENED,
    PARAMETERS,
    ASSIGNED,
    NAMED,
    DECORATED,
    FUNCTION,
    CONTROL,
    UNRESOLVED,
    GOES_ON,
    BLOCK_ENDED,
    SCOPED,
) = (1 << bit for bit in range(11))

# What the line starts in, other than code.
CODE, IN_COMMENT, IN_TEXT_BLOCK, IN_RAW, IN_VERBATIM, IN_DOUBLE, IN_SINGLE, IN_QUOTES = range(8)

# What the piece at the top level holds.
EMPTY, STATEMENTS, DECLARED = range(3)


class Frame(NamedTuple):
    """An open brace: what it is, and what was known outside of it, to go on with after it."""

    outer: int
    kind: int
    brackets: int
    member: int
    indent: int
    body: int  # the innermost frame around this one that is a member's body; 0 for none
    containers: int  # how many of the frames, this one included, are containers


class State(NamedTuple):
    """Everything that the next line's meaning depends on."""

    mode: int = CODE
    frame: int = 0
    brackets: int = 0
    member: int = 0
    indent: int = 0
    top: int = 0
    blank: bool = False


@dataclass(slots=True)
class Now:
    """A state while a line changes it, and the line's mark."""

    mode: int
    frame: int
    brackets: int
    member: int
    indent: int
    top: int
    blank: bool
    mark: int = 0
    import_: int = 0
    last: str = ""  # the line's last significant character

    def state(self) -> State:
        """What of it the next line depends on."""
        return State(self.mode, self.frame, self.brackets, self.member, self.indent, self.top, self.blank)
