"""An option whose own name warns of it.

``trust_remote_code=True`` runs Python that comes with a downloaded model. LangChain's ``allow_dangerous_…`` options
admit pickles, code or requests that a model's answer may choose. Whoever can change the model, the file or a text
that the model reads can then run code here.

Left alone: values that come from elsewhere, and the options set to false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.fixes.arguments import remove_item
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_MESSAGES = {
    "trust_remote_code": "Python that comes with the download is run here; pin `revision` at least, or do without.",
    "allow_dangerous_deserialization": "The file is unpickled, so whoever can write it can run code here.",
    "allow_dangerous_code": "Code that a model writes is run here, and its prompt holds text of others.",
    "allow_dangerous_requests": "A model chooses which addresses are asked, those of the own network among them.",
    "allow_dangerous_tools": "A model may use tools that change this machine.",
}


class DangerousOptionAllowed(Check):
    """Finds options that admit foreign code."""

    summary = "An option that admits code from elsewhere"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-829", "CWE-494", "CWE-94")
    owasp = ("A08:2025", "LLM03:2025", "LLM06:2025")
    languages = PYTHON
    query = """
    (keyword_argument name: (identifier) @key value: (true) @value
      (#match? @key "^(trust_remote_code|allow_dangerous_[a-z]+)$")) @argument
    """

    VALID = (
        'model = AutoModel.from_pretrained("größe", trust_remote_code=False)\n',
        "model = AutoModel.from_pretrained(name, trust_remote_code=options.trust)\n",
        "store = FAISS.load_local(path, embeddings)\n",
        'set(allow_dangerous="yes", trust=True)\n',
    )
    INVALID = (
        Invalid(
            code='model = AutoModel.from_pretrained("größe", trust_remote_code=True)\n',
            at="trust_remote_code=True",
            message=_MESSAGES["trust_remote_code"],
            fixed=('model = AutoModel.from_pretrained("größe")\n',),
        ),
        Invalid(
            code="store = FAISS.load_local(path, emb, allow_dangerous_deserialization=True)  # eigene\n",
            at="allow_dangerous_deserialization=True",
            message=_MESSAGES["allow_dangerous_deserialization"],
            fixed=("store = FAISS.load_local(path, emb)  # eigene\n",),
        ),
        Invalid(
            code="agent = create_pandas_dataframe_agent(\n    llm,\n    frame,\n    allow_dangerous_code=True,\n)\n",
            at="allow_dangerous_code=True",
            message=_MESSAGES["allow_dangerous_code"],
            fixed=("agent = create_pandas_dataframe_agent(\n    llm,\n    frame,\n)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one argument."""
        message = _MESSAGES.get(code.text(found["key"]))
        if message is not None:
            argument = found["argument"]
            yield Problem(argument, message, fixes=(Fix("Do without", "review", (remove_item(code, argument),)),))
