"""Java's ``switch`` as IR, as a statement and as a value; part of `lower`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.expressions import MAX_DEPTH

if TYPE_CHECKING:
    from tree_sitter import Node

    from leery_analyzers.dataflow.java.lower_statements import Statements

_JUMPS = (ir.Break, ir.Return, ir.Raise, ir.Continue)
_MOST_FALLEN = 4
"""Groups that a group without a ``break`` goes on into."""


@dataclass(slots=True)
class _Group:
    """Labels and what is done at them.

    Attributes:
        tests: one for each label.
        is_default: whether it takes what no other group does.
        body: the statements.
        ends: whether it does not go on into the next group.
        value: the expression of an arrow that has nothing else.
    """

    tests: list[ir.Expression]
    is_default: bool
    body: ir.Block
    ends: bool
    value: ir.Expression | None = None


class Switches:
    """Lowers ``switch``; part of a `Statements`."""

    def __init__(self, lowering: Statements) -> None:
        self.lowering = lowering
        self.values = lowering.values

    def statement(self, node: Node) -> tuple[ir.Statement, ...]:
        """As a statement."""
        start, end = node.start_byte, node.end_byte
        subject, before = self._subject(node)
        groups = self._groups(node, subject, as_value=False)
        return (*before, ir.Sequence(start, end, (self._chain(start, end, groups),), breaks=True))

    def value(self, node: Node) -> ir.Expression:
        """As a value: conditions where every arrow has an expression, otherwise a function called at once."""
        start, end = node.start_byte, node.end_byte
        subject = self.values.of(node.child_by_field_name("condition"))
        groups = self._groups(node, subject, as_value=True)
        if groups and all(group.value is not None for group in groups):
            return self._conditions(start, end, groups)
        chain = ir.Sequence(start, end, (self._chain(start, end, groups),), breaks=True)
        function = ir.Function(start, end, "", (), (chain,))
        return ir.Call(start, end, ir.Lambda(start, end, function), ())

    @staticmethod
    def _conditions(start: int, end: int, groups: list[_Group]) -> ir.Expression:
        last = next((group for group in groups if group.is_default), groups[-1])
        assert last.value is not None
        made = last.value
        for group in reversed(groups):
            if group is not last and group.value is not None:
                made = ir.Conditional(start, end, _any(start, end, group.tests), group.value, made)
        return made

    def _subject(self, node: Node) -> tuple[ir.Expression, ir.Block]:
        """What is compared: itself if it can be asked again and again, otherwise a variable."""
        subject = self.values.of(node.child_by_field_name("condition"))
        inner = subject
        while isinstance(inner, ir.Call) and isinstance(inner.callee, ir.Attribute) and not inner.arguments:
            inner = inner.callee.base
        if isinstance(inner, (ir.Name, ir.Attribute, ir.Const)):
            return subject, ()
        kept = ir.Name(subject.start, subject.end, f"switch${node.start_byte}")
        return kept, (ir.Assign(subject.start, subject.end, (kept,), subject),)

    @staticmethod
    def _chain(start: int, end: int, groups: list[_Group]) -> ir.If:
        """A branch for each group, with what it falls through into."""
        branches: list[tuple[ir.Expression, ir.Block]] = []
        otherwise: ir.Block = ()
        for index, group in enumerate(groups):
            body = group.body
            ends = group.ends
            for later in groups[index + 1 : index + 1 + _MOST_FALLEN]:
                if ends:
                    break
                body, ends = (*body, *later.body), later.ends
            if group.is_default:
                otherwise = body
            else:
                branches.append((_any(start, start, group.tests), body))
        return ir.If(start, end, tuple(branches), otherwise)

    def _groups(self, node: Node, subject: ir.Expression, *, as_value: bool) -> list[_Group]:
        found: list[_Group] = []
        if self.lowering.depth > MAX_DEPTH // 2:  # each switch takes several calls
            self.lowering.cut = True
            return found
        self.lowering.depth += 1
        self.lowering.enter()
        holder = node.child_by_field_name("body")
        waiting: list[ir.Expression] = []
        default = False
        for part in holder.named_children if holder is not None else ():
            if part.type not in {"switch_block_statement_group", "switch_rule"}:
                continue
            self.lowering.scopes.push()
            labels = [child for child in part.named_children if child.type == "switch_label"]
            inside = [c for c in part.named_children if c.type not in {"switch_label", "line_comment", "block_comment"}]
            for label in labels:
                default = default or self.lowering.text(label).split("->")[0].strip().endswith("default")
                waiting.extend(self._tests(label, subject))
            group = self._rule(inside, as_value=as_value) if part.type == "switch_rule" else self._old(inside)
            self.lowering.scopes.pop()
            if part.type != "switch_rule" and not inside:
                continue  # its labels belong to the next one
            group.tests, group.is_default = waiting, default
            found.append(group)
            waiting, default = [], False
        self.lowering.labels.pop()
        self.lowering.depth -= 1
        return found

    def _old(self, inside: list[Node]) -> _Group:
        body = self.lowering.statements(inside)
        return _Group([], is_default=False, body=body, ends=bool(body) and _jumps(body[-1]))

    def _rule(self, inside: list[Node], *, as_value: bool) -> _Group:
        """What stands behind an arrow."""
        only = inside[0] if len(inside) == 1 else None
        if as_value and only is not None and only.type == "expression_statement":
            value = self.values.of(self.values.only(only))
            body: ir.Block = (ir.Return(value.start, value.end, value),)
            return _Group([], is_default=False, body=body, ends=True, value=value)
        return _Group([], is_default=False, body=self.lowering.statements(inside), ends=True)

    def _tests(self, label: Node, subject: ir.Expression) -> list[ir.Expression]:
        tests: list[ir.Expression] = []
        guard: ir.Expression | None = None
        for child in label.named_children:
            if child.type == "guard":
                guard = self.values.of(self.values.only(child))
            elif child.type in {"pattern", "type_pattern", "record_pattern"}:
                tests.append(self._pattern(child, subject))
            elif child.type not in {"line_comment", "block_comment"}:
                tests.append(self._equal(child, subject))
        if guard is not None and tests:
            whole = _any(label.start_byte, label.end_byte, tests)
            return [ir.Bool(label.start_byte, label.end_byte, "and", (whole, guard))]
        return tests

    def _equal(self, node: Node, subject: ir.Expression) -> ir.Expression:
        start, end = node.start_byte, node.end_byte
        text = self.lowering.text(node)
        if node.type == "identifier" and not self.values.is_member(text):
            constant: ir.Expression = ir.Const(start, end, text)
        else:
            constant = self.values.of(node)
        return ir.Compare(start, end, "==", subject, constant)

    def _pattern(self, node: Node, subject: ir.Expression) -> ir.Expression:
        inner = node.named_children[0] if node.type == "pattern" and node.named_children else node
        start, end = inner.start_byte, inner.end_byte
        if inner.type == "type_pattern" and len(inner.named_children) > 1:
            return self.values.typed_test(inner.named_children[0], inner.named_children[-1], subject, start, end)
        if inner.type == "record_pattern":
            return self.values.taken_apart(inner, subject)
        return ir.Unknown(start, end)


def _any(start: int, end: int, tests: list[ir.Expression]) -> ir.Expression:
    if len(tests) == 1:
        return tests[0]
    return ir.Bool(start, end, "or", tuple(tests)) if tests else ir.Unknown(start, end)


def _jumps(statement: ir.Statement) -> bool:
    """Whether no path goes on after a statement, as far as it shows."""
    if isinstance(statement, _JUMPS):
        return True
    if isinstance(statement, ir.If):
        bodies = [*(body for _, body in statement.branches), statement.otherwise]
        return all(body and _jumps(body[-1]) for body in bodies)
    return False
