"""What every change of a case needs: its tree, walking it, and edits of its bytes.

Knows grammars by their node names and no rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from leery_analyzers.syntax import encode, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

_EXACT = re.compile(r"( (?:#|//|/\*) expect(?:-next)?: CWE-[\d|CWE-]+) @ .*$", re.MULTILINE)

# A parameter, a request or what a name says of a value is evidence: a name of this kind stays.
_TELLING = re.compile(
    r"secret|token|pass|pwd|key|session|sid|otp|pin|auth|cred|salt|iv\b|nonce|cookie|csrf|allow|origin|debug|admin|role"
    r"|log|req|res|ctx|context|next|self|cls|cursor|cur|conn|db|client|app|router|server|pool|tree|root|url|file|path"
    r"|query|sql|prompt|command|cmd|password|user|host|err|ok|exports|module|args|i$|_$",
    re.IGNORECASE,
)

BLOCKS = frozenset({
    "module", "block", "program", "statement_block", "class_body", "constructor_body", "declaration_list",
    "compilation_unit", "source_file", "statement_list", "switch_block_statement_group",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Source:
    """A text and its tree.

    Attributes:
        language: as in the LSP.
        text: without exact ranges in its marks, since a change of the code changes them.
    """

    language: str
    text: str

    @classmethod
    def of(cls, language: str, text: str) -> Source:
        """The source of a case's text."""
        return cls(language, _EXACT.sub(r"\1", text))

    @cached_property
    def data(self) -> bytes:
        """What was parsed; offsets of nodes are offsets in it."""
        return encode(self.text)

    @cached_property
    def root(self) -> Node:
        """The root of the tree."""
        return parse_text(self.language, self.text).root_node

    @cached_property
    def family(self) -> str:
        """``javascript`` for JavaScript and TypeScript, else the language."""
        return "javascript" if self.language.startswith(("javascript", "typescript")) else self.language

    def code(self, node: Node) -> str:
        """The text of a node."""
        return self.data[node.start_byte : node.end_byte].decode()

    def nodes(self, *types: str, below: Node | None = None) -> Iterator[Node]:
        """Nodes of some types, or all of them, in document order; those inside found ones, too."""
        waiting = [below or self.root]
        while waiting:
            node = waiting.pop()
            if not types or node.type in types:
                yield node
            waiting.extend(reversed(node.children))

    def apply(self, edits: Iterable[Edit]) -> str:
        """The text after edits that do not overlap; of overlapping ones the first in the text holds."""
        pieces, at = [], 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start >= at:
                pieces += [self.data[at : edit.start].decode(), edit.text]
                at = edit.end
        return "".join(pieces) + self.data[at:].decode()

    def line_start(self, node: Node) -> int:
        """The offset where the node's first line begins."""
        return node.start_byte - node.start_point.column

    def line_end(self, node: Node) -> int:
        """The offset of the line end after the node, or the end of the text."""
        end = self.data.find(b"\n", node.end_byte)
        return len(self.data) if end < 0 else end

    def indent(self, node: Node) -> str:
        """The white space before the first code on the node's first line."""
        line = self.data[self.line_start(node) :].split(b"\n", 1)[0].decode()
        return line[: len(line) - len(line.lstrip())]

    def starts_line(self, node: Node) -> bool:
        """Whether nothing but white space stands before the node on its line."""
        return not self.data[self.line_start(node) : node.start_byte].strip()

    def rest_of_line(self, node: Node) -> str:
        """What stands behind the node on its last line."""
        return self.data[node.end_byte : self.line_end(node)].decode()

    def statements(self) -> Iterator[Node]:
        """Statements and declarations that start a line."""
        for block in self.nodes(*BLOCKS):
            for node in block.named_children:
                if node.type != "comment" and "comment" not in node.type and self.starts_line(node):
                    yield node

    def names_in(self, node: Node) -> set[str]:
        """Every name below a node that stands for a value."""
        return {self.code(found) for found in self.nodes("identifier", below=node) if not is_member(found)}


def is_member(node: Node) -> bool:
    """Whether an identifier names an attribute, a method, or a keyword of a call, not a value."""
    parent = node.parent
    if parent is None:
        return False
    fields = {
        "attribute": "attribute",
        "keyword_argument": "name",
        "method_invocation": "name",
        "field_access": "field",
        "element_value_pair": "key",
        "method_declaration": "name",
    }
    field = fields.get(parent.type)
    if field is None:
        return parent.type in {
            "method_reference",
            "scoped_identifier",
            "dotted_name",
            "annotation",
            "marker_annotation",
        }
    if parent.type == "method_invocation" and parent.child_by_field_name("object") is None and field == "name":
        return True
    return parent.child_by_field_name(field) == node


def is_telling(name: str) -> bool:
    """Whether a name itself says something that a rule may build on."""
    return _TELLING.search(name) is not None
