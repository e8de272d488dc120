"""Conditions: what is known of variables and sources where one holds, or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow import flags, ir, prefixes
from leery_analyzers.dataflow.alternatives import by_line
from leery_analyzers.dataflow.arguments import Arguments
from leery_analyzers.dataflow.bindings import is_multiline, walk
from leery_analyzers.dataflow.calls import RESOLVED
from leery_analyzers.dataflow.names import is_allow_list, is_check
from leery_analyzers.dataflow.patterns import excluded_classes, listed_classes, removed_classes
from leery_analyzers.dataflow.state import Bound, Closure
from leery_analyzers.dataflow.values import (
    CLOSED,
    EVERY,
    FIXED,
    KNOWN,
    OPEN,
    TEXT,
    Clearance,
    Value,
    all_taints,
    clear,
)
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine

_HOST = frozenset({"hostname", "netloc", "host", "origin", "scheme"})
_HOSTS = frozenset(f"{kind}.{name}" for kind in prefixes.ADDRESSES for name in _HOST - {"scheme"})
_HOST_CLASSES = frozenset({"server-side-request-forgery", "open-redirect"})
_SCHEME = frozenset({"script-address", "system-address"})
_EVERYTHING = frozenset({EVERY})
_KNOWN = frozenset({EVERY, KNOWN})
_TEXT = frozenset({TEXT, "nosql-injection"})
_FILES = frozenset({"path-traversal", "zip-slip", "unrestricted-upload"})
_FOLDER = lazy_regex(r"(?i)(?:root|base|dir|directory|folder|home|storage)$")
_OWN = frozenset({"parameter", "environment", "argument", "constant"})
"""Origins of what a program is set up with."""
_PARSED = {"dir": "dirname", "base": "basename"}
"""Parts of a path that was taken apart, and the functions that give them alone."""
_KIND = frozenset({"unrestricted-upload"})
"""What is harmless once a part of a name, its ending, is known."""
_SAME_TEXT = frozenset({"lower", "upper", "strip", "casefold", "toLowerCase", "toUpperCase", "trim"})
_WRITTEN = frozenset({"valueOf", "requireNonNull"})
"""Functions that give what they are told, as a text or as it is."""
_PLAIN = frozenset("_-")
_STRETCHES = frozenset({"startsWith", "endsWith", "startswith", "endswith", "indexOf", "find", "includes"})
_TEXTS = frozenset({"toString", "toExternalForm", "toASCIIString", "toLowerCase", "getPath", "strip", "trim"})
_SHALLOW = _STRETCHES | _SAME_TEXT | _TEXTS | frozenset({
    "anyMatch", "of", "asList", "noneMatch", "stream", "getScheme", "getHost", "getProtocol",
    "length", "len", "isEmpty", "isBlank", "getPath", "getFile", "toString", "isinstance", "str", "String", "getName",
    "print", "println", "debug", "info", "log", "warn", "urlsplit", "urlparse", "URL", "bool", "any",
})  # fmt: skip
"""Methods that tell of a part of a text, or give the text in another form."""
_KEEPS_OUT = frozenset({"not-in", "!=", "!=="})
"""Comparisons that leave everything but a few values as it was."""
MAX_DEPTH = 30


class Guards:
    """Narrows the engine's current state by conditions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.depth = 0

    def assume(self, test: ir.Expression, *, holds: bool) -> None:
        """Take a condition for given in the engine's current state, which is changed."""
        if self.depth > MAX_DEPTH:
            return
        self.depth += 1
        listed = flags.counted(self.engine, test) if self.engine.tests else None
        try:
            if listed is not None:
                self.remembered(listed[0], holds=holds is listed[1])
            self._assume(test, holds=holds)
        finally:
            self.depth -= 1

    def _assume(self, test: ir.Expression, *, holds: bool) -> None:
        if self.engine.language.assume(self, test, holds=holds):
            return
        if isinstance(test, ir.Not):
            self.assume(test.operand, holds=not holds)
        elif isinstance(test, ir.Bool):
            self._bool(test, holds=holds)
        elif isinstance(test, ir.Conditional):
            self._either(test, holds=holds)
        elif isinstance(test, ir.Compare):
            self._compare(test, holds=holds)
        elif isinstance(test, ir.Call):
            self._answered(test, holds=holds)
        elif isinstance(test, ir.Attribute) and not holds:
            prefixes.no_host(self.engine, test)
        elif isinstance(test, ir.AssignExpression):
            self.assume(test.value, holds=holds)
        elif isinstance(test, ir.Name):
            self._name(test, holds=holds)

    def _answered(self, test: ir.Call, *, holds: bool) -> None:
        self._asked(test, holds=holds)
        if not holds:
            self._nowhere(test)
        if not prefixes.starts_with(self.engine, test, holds=holds) and holds:
            prefixes.ends_with(self.engine, test)
            self._call(test)

    def _bool(self, test: ir.Bool, *, holds: bool) -> None:
        if holds is (test.op == "and"):
            for operand in test.operands:
                self.assume(operand, holds=holds)
            return
        before = self.engine.state
        joined = None
        for operand in test.operands:
            self.engine.state = before.copy()
            self.assume(operand, holds=holds)
            joined = self.engine.state if joined is None else joined.join(self.engine.state)
        if joined is not None:
            self.engine.state = joined

    def _either(self, test: ir.Conditional, *, holds: bool) -> None:
        """One test or another one; what is known to come out otherwise was not it."""
        before, joined = self.engine.state, None
        for asked, part in ((True, test.then), (False, test.otherwise)):
            if isinstance(part, ir.Const) and bool(part.value) is not holds:
                continue
            self.engine.state = before.copy()
            self.assume(test.test, holds=asked)
            self.assume(part, holds=holds)
            joined = self.engine.state if joined is None else joined.join(self.engine.state)
        self.engine.state = before if joined is None else joined

    def _name(self, test: ir.Name, *, holds: bool) -> None:
        if holds:
            self._flag(test)
        else:
            self._empty(test)
            kept = self.engine.tests.get(test.id)
            if kept is not None and kept is not test:
                self.assume(kept, holds=False)

    def _empty(self, test: ir.Name) -> None:
        """A value that counts as false holds nothing that could do harm."""
        proof = Clearance(_EVERYTHING, f"`{test.id}` is empty here", test.start, test.end)
        found = self.engine.lookup(test.id)
        if found is not None and found.taints:
            self.engine.state.put(test.id, clear(found, proof), found)

    def remembered(self, name: ir.Name, *, holds: bool) -> None:
        """Whether something was put into a list of faults."""
        kept = self.engine.tests.get(name.id)
        if isinstance(kept, ir.Bool) and kept.start == kept.end:
            self.assume(kept, holds=holds)

    def _flag(self, test: ir.Name) -> None:
        """A variable that holds the outcome of a test."""
        kept = self.engine.tests.get(test.id)
        if kept is not None and kept is not test:
            self.assume(kept, holds=True)

    # Comparisons

    def _compare(self, test: ir.Compare, *, holds: bool) -> None:
        op = test.op
        if op in {"in", "not-in"}:
            prefixes.without(self.engine, test, holds=holds)
        if (op == "in" and holds) or (op == "not-in" and not holds):
            right = self.engine.peek(test.right)
            if self.is_allow_list(right, test.right):
                self.narrow_checked(test.left, f"`{self._said(test)}` lets only known values pass", test)
            elif right.text:
                said = f"`{self._said(test)}` lets only these pass"
                proof = Clearance(listed_classes(right.text), said, test.start, test.end)
                self.narrow(test.left, proof)
        elif self._is_nothing(test.right) and isinstance(test.left, (ir.Call, ir.Name)):
            self.assume(test.left, holds=holds is (op in {"!=", "!==", "is-not"}))
        elif (op in {"==", "===", "is"} and holds) or (op in {"!=", "!==", "is-not"} and not holds):
            for one, other in ((test.left, test.right), (test.right, test.left)):
                value = self.engine.peek(other)
                if (value.openness == CLOSED and value.constants and not value.forms) or (
                    not all_taints(value) and not isinstance(other, ir.Call) and is_allow_list(_last(other))
                ):
                    self.narrow_checked(one, f"`{self._said(test)}` lets only a known value pass", test)
                if isinstance(one, ir.Call):
                    self._common_path(one, test)
                    self._unchanged(one, other, test)
                self._folder(one, other, test)
                self._same_path(one, other, test)

    def _said(self, test: ir.Node) -> str:
        return self.engine.text(test.start, test.end)

    def _is_nothing(self, node: ir.Expression) -> bool:
        return isinstance(node, ir.Const) and node.value is None

    @staticmethod
    def is_allow_list(value: Value, node: ir.Expression) -> bool:
        """Whether membership in a value makes something harmless: its members come from the program."""
        if value.type == "str" or value.text is not None:
            return False
        taints = all_taints(value)
        origins = {taint.source.origin for taint in taints}
        if origins == {"file"}:
            return True
        if origins - {"parameter", "environment"}:
            return False
        return not origins or is_allow_list(_last(node))

    def narrow_checked(self, node: ir.Expression, reason: str, test: ir.Node) -> None:
        """Clear what was compared with known values: everything, or only where an address leads if that is its host.

        Args:
            node: what was compared.
            reason: why that makes it harmless.
            test: the comparison.
        """
        node = meant(node)
        if isinstance(node, ir.Attribute) and node.name in _HOST:
            inner = self.engine.peek(node.base)
            if inner.type in prefixes.ADDRESSES:
                if node.name == "scheme":
                    self._clear_sources(inner, Clearance(_SCHEME, reason, test.start, test.end))
                    return
                self._clear_sources(inner, Clearance(_HOST_CLASSES, reason, test.start, test.end))
                return
        if isinstance(node, ir.AssignExpression):
            node = node.target
        if isinstance(node, ir.Cast):
            node = node.value
        self._clear_sources(self.engine.peek(node), Clearance(_KIND, reason, test.start, test.end))
        proof = Clearance(_KNOWN, reason, test.start, test.end)
        host = self._host_variable(node)
        if host is not None:
            proof = Clearance(_HOST_CLASSES, reason, test.start, test.end)
            self._clear_sources(host, proof)
        self.narrow(node, proof)

    def _clear_sources(self, value: Value, proof: Clearance) -> None:
        for taint in all_taints(value):
            self.engine.clear_source(taint, proof)

    def _host_variable(self, node: ir.Expression) -> Value | None:
        if not isinstance(node, (ir.Name, ir.Call)):
            return None
        found = self.engine.lookup(node.id) if isinstance(node, ir.Name) else self.engine.peek(node)
        is_host = found is not None and found.type in _HOSTS
        return found if is_host else None

    def _unchanged(self, call: ir.Call, other: ir.Expression, test: ir.Node) -> None:
        """``basename(name) == name``: what is the same after it was cleaned is as clean as that."""
        cleaned, raw = all_taints(self.engine.peek(call)), all_taints(self.engine.peek(other))
        if not cleaned or {taint.source.key for taint in cleaned} != {taint.source.key for taint in raw}:
            return
        classes = [
            {name for proof in taint.clearances if not proof.guess for name in proof.classes} for taint in cleaned
        ]
        common = frozenset(set.intersection(*classes))
        if common:
            proof = Clearance(common, f"`{self._said(test)}` lets only clean texts pass", test.start, test.end)
            self.narrow(other, proof)

    def _common_path(self, call: ir.Call, test: ir.Node) -> None:
        if _last(call.callee) not in {"commonpath", "commonprefix"}:
            return
        guard = self.engine.models.guards.get("os.path.commonpath")
        if guard is None:
            return
        proof = Clearance(guard.classes, guard.reason, test.start, test.end)
        for argument in call.arguments:
            inside = argument.value
            items = [item for _, item in inside.items] if isinstance(inside, ir.Collection) else [inside]
            for item in items:
                if isinstance(item, ir.Expression):
                    self.narrow(item, proof, resolved=True)

    def _folder(self, part: ir.Expression, other: ir.Expression, test: ir.Node) -> None:
        """``path.dirname(file) == FOLDER`` of a path that was resolved, and ``path.basename(name) == name``."""
        named = _PARSED.get(part.name, "") if isinstance(part, ir.Attribute) else ""
        call = part.base if named and isinstance(part, ir.Attribute) else part
        if not isinstance(call, ir.Call) or not call.arguments or (named and _last(call.callee) != "parse"):
            return
        name, file = named or _last(call.callee), call.arguments[0].value
        proof = Clearance(_FILES, f"`{self._said(test)}` keeps it in the folder", test.start, test.end)
        if name == "dirname":
            known = {taint.source.key for taint in all_taints(self.engine.peek(other))}
            if not known & {taint.source.key for taint in all_taints(self.engine.peek(file))}:
                self.narrow(file, proof, resolved=True)
        elif name == "basename" and self._said(file) == self._said(other):
            self.narrow(file, proof)

    def _same_path(self, one: ir.Expression, other: ir.Expression, test: ir.Node) -> None:
        """``file === root`` of a path that was resolved: it is the folder itself, which others have no say in."""
        if not isinstance(one, ir.Name) or not isinstance(other, (ir.Name, ir.Attribute)):
            return
        keys = {taint.source.key for taint in all_taints(self.engine.peek(one))}
        value = self.engine.peek(other)
        folder = all_taints(value)
        if not folder and value.openness == OPEN and not _FOLDER.search(_last(other)):
            return  # nobody knows what it is
        if keys > {taint.source.key for taint in folder} and all(t.source.origin in _OWN for t in folder):
            proof = Clearance(_FILES, f"`{self._said(test)}` is the folder itself", test.start, test.end)
            self.narrow(one, proof, resolved=True)

    # Calls

    def _call(self, test: ir.Call) -> None:
        callee = test.callee
        receiver = callee.base if isinstance(callee, ir.Attribute) else None
        known = self.engine.peek(receiver) if receiver is not None else None
        names = self.engine.evaluator.calls.names(self.engine.peek(callee), known, callee)
        for name in names:
            if name in self.engine.language.matchers or (
                name in {".match", ".fullmatch", ".search"} and receiver is not None
            ):
                self._pattern(name, test, receiver)
                return
        for name in names:
            guard = self.engine.models.guards.get(name)
            if guard is not None and name == ".startswith" and not prefixes.ends_folder(self.engine, test):
                return
            if guard is not None:
                proof = Clearance(guard.classes, guard.reason, test.start, test.end)
                nodes = [] if name.startswith(".") else [argument.value for argument in test.arguments]
                for node in nodes if receiver is None else [*nodes, receiver]:
                    self.narrow(node, proof, resolved=guard.resolved)
                    if guard.sources:
                        self._clear_sources(self.engine.peek(node), proof)
                return
        self._named_check(_last(callee), test)

    def _asked(self, test: ir.Call, *, holds: bool) -> None:
        """A function of the unit that answers yes or no: what it has found out when it did."""
        target = self.engine.peek(test.callee).target
        closure = target.closure if isinstance(target, Bound) else target
        if not isinstance(closure, Closure):
            return
        given = Arguments([(self.engine.peek(item.value), item.value) for item in test.arguments if not item.name])
        own = target.own if isinstance(target, Bound) else None
        within = closure.frame.function is not None
        if given.taints() or within or (own is not None and all_taints(own)):
            self.engine.ask(closure, given, test, own, holds=holds)

    def _named_check(self, last: str, test: ir.Call) -> None:
        """Functions that are known by their plain name."""
        if last == "isinstance" and len(test.arguments) == 2:
            kind = self.engine.text(test.arguments[1].start, test.arguments[1].end)
            language, named = self.engine.language, set(kind.strip("() ").replace(",", " ").split())
            if named <= language.numbers:
                self.narrow(test.arguments[0].value, Clearance(_EVERYTHING, "it is a number", test.start, test.end))
            elif kind in language.texts or all(one in language.texts or one in language.numbers for one in named):
                self.narrow(test.arguments[0].value, Clearance(_TEXT, "it is a text", test.start, test.end))
        elif last in {"all", "every"} and test.arguments:
            self._every(test)
        elif is_check(last) and not self._is_shallow(test):
            proof = Clearance(_EVERYTHING, f"`{last}` checks it, by its name", test.start, test.end, guess=True)
            for argument in test.arguments:
                self.narrow(argument.value, proof)

    def _is_shallow(self, test: ir.Call) -> bool:
        """Whether a function of the unit was seen to do no more than to look for a stretch of text somewhere."""
        target = self.engine.peek(test.callee).target
        closure = target.closure if isinstance(target, Bound) else target
        if not isinstance(closure, Closure):
            return False
        nodes = list(walk(closure.function.body))
        calls = [node for node in nodes if isinstance(node, ir.Call)]
        found = any(_last(call.callee) in _STRETCHES for call in calls) or any(
            (isinstance(node, ir.Compare) and (node.op in _KEEPS_OUT or _looks_at_little(node))) for node in nodes
        )
        return found and all(_last(call.callee) in _SHALLOW for call in calls)

    def _every(self, test: ir.Call) -> None:
        """``all(c.isalnum() for c in x)``: what holds of every character holds of the text."""
        inside = test.arguments[0].value
        if not isinstance(inside, ir.Comprehension) or len(inside.generators) != 1:
            return
        body = inside.element
        text = self.engine.text(body.start, body.end)
        checks = body.operands if isinstance(body, ir.Bool) and body.op == "or" else (body,)
        if not all(self._harmless_character(check) for check in checks):
            return
        proof = Clearance(_EVERYTHING, f"`{text}` holds for every character", test.start, test.end)
        self.narrow(inside.generators[0].iterable, proof)

    def _harmless_character(self, check: ir.Expression) -> bool:
        if isinstance(check, ir.Compare) and check.op == "in":
            listed = self.engine.peek(check.right).text
            return listed is not None and set(listed) <= _PLAIN
        if not isinstance(check, ir.Call) or not isinstance(check.callee, ir.Attribute):
            return False
        guard = self.engine.models.guards.get(f".{check.callee.name}")
        return guard is not None and EVERY in guard.classes and not guard.resolved

    def _pattern(self, name: str, test: ir.Call, receiver: ir.Expression | None) -> None:
        arguments = test.arguments
        if name in self.engine.language.matchers:
            if len(arguments) < 2:
                return
            pattern, subject = self.engine.peek(arguments[0].value).text, arguments[1].value
            pattern = by_line(pattern) if pattern is not None and is_multiline(arguments[2:]) else pattern
            full = self.engine.language.matchers[name]
        else:
            if not arguments or receiver is None:
                return
            compiled = self.engine.peek(receiver)
            inner = compiled.fields.get("pattern") if compiled.fields is not None else None
            pattern, subject = inner.text if inner is not None else None, arguments[0].value
            full = name == ".fullmatch"
        if pattern is None:
            found = self.engine.peek(
                arguments[0].value if name in self.engine.language.matchers or receiver is None else receiver
            )
            named = _last(arguments[0].value if name in self.engine.language.matchers or receiver is None else receiver)
            if found.openness != OPEN or is_allow_list(named) or name.endswith("fullmatch"):
                proof = Clearance(_EVERYTHING, "a pattern checks it", test.start, test.end, guess=True)
                self.narrow(subject, proof)
            return
        anchored = name.rpartition(".")[2] != "search"
        classes = excluded_classes(pattern, full=full, anchored=anchored)
        if classes:
            text = self.engine.text(test.start, test.end)
            self.narrow(
                subject, Clearance(classes, f"`{text}` lets only harmless characters pass", test.start, test.end)
            )

    def _nowhere(self, test: ir.Call) -> None:
        """``re.search("[^a-z]", text)`` finds nothing: the text has none of the others."""
        callee, given = test.callee, test.arguments
        name = self.engine.peek(callee).name
        if name in self.engine.language.matchers and name.endswith(".search") and len(given) > 1:
            pattern, subject = self.engine.peek(given[0].value).text, given[1].value
        elif isinstance(callee, ir.Attribute) and callee.name == "search" and given:
            inner = (self.engine.peek(callee.base).fields or {}).get("pattern")
            pattern, subject = inner.text if inner is not None else None, given[0].value
        else:
            return
        classes = removed_classes(pattern) if pattern else frozenset()
        if classes:
            said = self.engine.text(test.start, test.end)
            proof = Clearance(classes, f"`{said}` finds only harmless characters", test.start, test.end)
            self.narrow(subject, proof)

    # Narrowing

    def narrow_host(self, node: ir.Expression, proof: Clearance) -> None:
        """Clear an address by its host: what the host was taken from, too."""
        if isinstance(node, ir.Attribute):
            inner = self.engine.peek(node.base)
            if inner.type in prefixes.ADDRESSES:
                for taint in all_taints(inner):
                    self.engine.clear_source(taint, proof)
        host = self._host_variable(node)
        if host is not None:
            for taint in all_taints(host):
                self.engine.clear_source(taint, proof)
        self.narrow(node, proof)

    @staticmethod
    def _entry(node: ir.Expression) -> ir.Expression:
        """``body.get("key")`` as the entry that it reads."""
        if not isinstance(node, ir.Call) or not isinstance(node.callee, ir.Attribute) or node.callee.name != "get":
            return node
        key = node.arguments[0].value if node.arguments else None
        return ir.Index(node.start, node.end, node.callee.base, key) if isinstance(key, ir.Const) else node

    def narrow(self, node: ir.Expression, proof: Clearance, *, resolved: bool = False) -> None:
        """Clear what an expression holds, and its source if the expression is its data as it came.

        Args:
            node: the expression.
            proof: why it is harmless.
            resolved: only if it is a path that was resolved before.
        """
        while (
            isinstance(node, ir.Call) and len(node.arguments) == 1 and _last(node.callee) in {"str", "String", "Number"}
        ):
            node = node.arguments[0].value
        if isinstance(node, ir.AssignExpression):
            node = node.target
        if isinstance(node, ir.Cast):
            node = node.value
        value = self.engine.peek(node)
        node = self.engine.language.place(self.engine, self._entry(node))
        taints = all_taints(value)
        if not taints:
            self._known(node, value, proof)
            return
        if resolved and not all(taint.cleared(RESOLVED) for taint in taints):
            return
        if isinstance(node, ir.Name):
            self.engine.state.put(node.id, clear(value, proof), value)
        elif isinstance(node, (ir.Attribute, ir.Index)):
            self.engine.assign_quietly(node, clear(value, proof))
        for taint in taints:
            if taint.exact or resolved:
                self.engine.clear_source(taint, proof)

    def _known(self, node: ir.Expression, value: Value, proof: Clearance) -> None:
        """What is not known to come from outside, either, is one of the values that pass."""
        inside = value.fields is not None or value.items is not None or value.rest is not None
        if not isinstance(node, ir.Name) or inside or value.openness != OPEN or value.target is not None or value.name:
            return
        if EVERY in proof.classes and not proof.guess:
            self.engine.state.put(node.id, value.but(openness=FIXED.openness), value)


def meant(node: ir.Expression) -> ir.Expression:
    """What a comparison is about: without what only gives the same in another form."""
    while isinstance(node, ir.Call) and isinstance(callee := node.callee, ir.Attribute):
        if callee.name in _SAME_TEXT:
            node = callee.base
        elif callee.name in _WRITTEN and len(node.arguments) == 1:
            node = node.arguments[0].value
        else:
            break
    return node


def _last(node: ir.Expression) -> str:
    """The last part of a name."""
    if isinstance(node, ir.Attribute):
        return node.name
    return node.id if isinstance(node, ir.Name) else ""


def _looks_at_little(test: ir.Compare) -> bool:
    """Whether a comparison looks for a stretch of text somewhere, or at the scheme of an address only."""
    if test.op == "in":
        return isinstance(test.left, ir.Const) or (
            isinstance(test.right, ir.Call) and _last(test.right.callee) in _TEXTS
        )
    return isinstance(test.left, ir.Attribute) and test.left.name in {"scheme", "protocol"}
