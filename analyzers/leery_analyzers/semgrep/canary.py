"""How a resident process shows that it looks: a canary it must find, and a witness in everything it is asked.

The canary is code that a rule of syntax finds. The witness is a word, new for each engine, that stands in the last line
of every slice and that a rule of the engine's own finds, so a reply without it is not believed. Must not know what is
done with a process that fails.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from leery_analyzers.semgrep.lsp_process import ProcessEndedError

if TYPE_CHECKING:
    from leery_analyzers.semgrep.lsp_process import LspProcess, Reply

_CANARY = "import os\n\n\ndef canary(value):\n    return leery_canary(os.fspath(value))\n"
_CANARY_LINE = 4  # where its call stands, from 0
_CANARY_ID = "leery-canary"
_WITNESS_ID = "leery-witness"
_SECONDS = 5.0
_COMMON = {"severity": "INFO", "message": "Leery's own."}


class Witness:
    """The word that every slice ends with.

    Attributes:
        word: cannot be guessed, so no document holds it by chance or on purpose.
    """

    def __init__(self) -> None:
        self.word = f"leery-witness-{secrets.token_hex(8)}"

    def saw(self, reply: Reply) -> bool:
        """Whether the reply is about a text with the word."""
        return any(hit.rule == _WITNESS_ID for hit in reply.hits)

    def rules(self) -> tuple[dict[str, Any], ...]:
        """The engine's own two rules, in semgrep's form."""
        return (
            {"id": _WITNESS_ID, "languages": ["regex"], "pattern-regex": self.word, **_COMMON},
            {"id": _CANARY_ID, "languages": ["python"], "pattern": "leery_canary(...)", **_COMMON},
        )


async def finds_canary(process: LspProcess) -> bool:
    """Whether the process finds the canary within a few seconds."""
    try:
        reply = await process.scan(_CANARY.encode(), ".py", _SECONDS)
    except (asyncio.TimeoutError, ProcessEndedError, OSError):
        return False
    return any(hit.rule == _CANARY_ID and hit.first[0] == _CANARY_LINE for hit in reply.hits)
