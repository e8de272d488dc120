"""Sinks: whether data from outside arrives at a place where it can do harm, and what stood in its way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from leery_analyzers.dataflow import contexts, errors, ir, texts
from leery_analyzers.dataflow.commands import OF_TYPE, of_type
from leery_analyzers.dataflow.fixed import used
from leery_analyzers.dataflow.lowered import FOREIGN
from leery_analyzers.dataflow.models import CallbackModel, Role, SinkModel
from leery_analyzers.dataflow.prefixes import KIND
from leery_analyzers.dataflow.rules import flow_rules, lower
from leery_analyzers.dataflow.selections import CODE_KEYS, SPECIAL, as_code
from leery_analyzers.dataflow.values import (
    BELOW,
    OPEN,
    SCRIPTED,
    TEXT,
    Clearance,
    Mark,
    Source,
    Taint,
    Value,
    all_taints,
    clear,
    constant,
)
from leery_analyzers.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.models import Told
    from leery_analyzers.dataflow.rules import FlowRule, Weight
    from leery_analyzers.dataflow.values import Form
    from leery_analyzers.model import Level

Outcome = Literal["constant", "cleared", "open", "tainted"]
_LOCAL = frozenset({"argument", "environment", "input", "file", "process"})
_NAMED_BY_OPERATOR = frozenset({"path", "address"})
"""What whoever starts a program may name: he may read files, and ask machines, without it. What the program puts under
a folder of its own is meant to stay there, though."""
_FOLDER = re.compile(r"(?i)(dir|directory|folder|root|base|dest|destination|cwd|workspace)$")
"""Names of parameters that say where the program keeps its files."""
NO_PAGE = "(no page)"
"""In models: a type of content that no browser shows as a page."""
_PLAIN = re.compile(
    r"""(?i)(?:set|send)_header\(\s*["']content-type["'],\s*["'](?!text/html|application/xhtml)[\w/+.-]+"""
)
"""A header by which an answer says that it is no HTML."""
_VAGUE = frozenset({"parameter", "answer", "network"})
"""Origins of data that is HTML only where a tag stands beside it."""
_NAMED = frozenset({"file-name", "uploaded"})
"""Kinds of sinks where only what kind an uploaded file is matters; of its folder others tell."""
_UPLOADED = "the name of an uploaded file"
_LINK = "script-address"
_LINKED = (_LINK, "open-redirect", "server-side-request-forgery")
"""Classes of harm that an address does; one of which it does none leads to no script."""
_UNPACKED = "zip-slip"
"""What a path of an archive's member leads to."""
Paths = Mapping[tuple[str, str], tuple[Mark, ...]]
_MOST_PROOFS = 8
_OWN_ADDRESS = frozenset({"dom.Address", "dom.Address.href", "dom.Address.pathname", "dom.Address.origin"})
"""Types of a page's own address: to go there again leads nowhere else."""
_STREAMS = frozenset({"io.StringIO", "web.Upload", "web.Stream", "io.File"})
"""Types of what data is read from: they are opened already, and no path."""
_OBJECTS = frozenset({
    "nosql-injection", "prototype-pollution", "trust-boundary-violation", "unsafe-deserialization", "prompt-injection",
    "mass-assignment",
})  # fmt: skip
"""Classes in which an object written out can do harm as a whole; elsewhere its entries count one by one."""
_NO_TEXT = frozenset({"object", "array", "dict", "web.Fields"})
"""Types that no answer writes out as HTML: they become JSON."""
_ORDER: tuple[Outcome, ...] = ("constant", "cleared", "open", "tainted")


@dataclass(frozen=True, slots=True)
class Hit:
    """Data from outside at a sink; bytes."""

    rule: str
    start: int
    end: int
    taint: Taint
    confidence: Level
    whole: bool
    place: str


@dataclass(slots=True)
class Arrival:
    """Everything that is known of one sink.

    Attributes:
        rule: id of its rule.
        start: first byte of the argument.
        end: byte after it.
        outcome: the worst of what arrived on any path.
        proofs: what made data harmless, with the data.
        call: the span of the call.
        assumed: whether any of it is only assumed to come from outside: a parameter of the unit's own.
        reason: why the call does no harm whatever arrives, if it does none.
    """

    rule: str
    start: int
    end: int
    outcome: Outcome
    proofs: list[tuple[Taint, Clearance]] = field(default_factory=list)
    call: tuple[int, int] = (0, 0)
    assumed: bool = False
    reason: str = ""

    def worsen(self, outcome: Outcome) -> None:
        """Take in what arrives on one more path."""
        if _ORDER.index(outcome) > _ORDER.index(self.outcome):
            self.outcome = outcome


class Sinks:
    """Looks at what arrives at sinks, and remembers it.

    Attributes:
        hits: data from outside at sinks, by rule and place; of several the surest.
        arrivals: everything that is known of sinks, by rule and place.
        muted: more than zero while what arrives does not count.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.hits: dict[tuple[str, int, int], Hit] = {}
        self.arrivals: dict[tuple[str, int, int], Arrival] = {}
        self.muted = 0

    def call(self, told: Told, node: ir.Call, receiver: Value | None, given: Arguments) -> bool:
        """A call, if it is a sink under any of its names; whether it is."""
        names, role = told
        if not role & (Role.SINK | Role.FIXED):
            return False
        found = False
        models = self.engine.models
        for name in names:
            for sink in models.sinks.get(name, ()):
                if self.fits(sink, node, given) and not self._is_cleaner(names, sink):
                    found = True
                    for value, place in self._selected(sink, node, receiver, given):
                        self.reach(sink, value, place, (node.start, node.end))
                elif _is_decided(sink, given):
                    self._harmless_call(sink, node, receiver, given, "the call is told to do no harm")
            if found and not name.startswith("."):
                break
        if not self.muted and role & Role.FIXED:
            for rule, taint, place in used(self.engine, names, node, given):
                self._arrival(rule, place, (node.start, node.end)).worsen("tainted")
                hit = Hit(rule, place.start, place.end, taint, taint.source.confidence, whole=True, place="")
                self.hits[rule, place.start, place.end] = hit
        return found

    def shadowed(self, node: ir.Call, receiver: Value | None, given: Arguments) -> None:
        """A call of a function of the document's that has the name of a sink."""
        name = self.engine.text(node.callee.start, node.callee.end)
        for sink in self.engine.models.sinks.get(name, ()):
            self._harmless_call(sink, node, receiver, given, f"`{name}` is a function of this document")

    def _harmless_call(
        self, sink: SinkModel, node: ir.Call, receiver: Value | None, given: Arguments, reason: str
    ) -> None:
        """A call that is no sink for certain, whatever it is given."""
        for _, place in self._selected(sink, node, receiver, given):
            self._arrival(sink.rule, place, (node.start, node.end)).reason = reason

    def _is_cleaner(self, names: list[str], sink: SinkModel) -> bool:
        """Whether what is called is known to make harmless what another method of its name would not."""
        models = (self.engine.models.sanitizers.get(name) for name in names if not name.startswith("."))
        return any(model is not None and sink.rule in model.classes for model in models)

    def _selected(
        self, sink: SinkModel, node: ir.Call, receiver: Value | None, given: Arguments
    ) -> Iterator[tuple[Value, ir.Node]]:
        for which in sink.arguments:
            own = self.engine.language.selected(which, given) if isinstance(which, str) else None
            if own is not None:
                yield from own
            elif which == "self":
                if receiver is not None:
                    yield receiver, getattr(node.callee, "base", node)
            elif which == "*":
                yield from given.everything()
            elif which in given.named:
                yield given.named[str(which)]
            elif which in SPECIAL:
                yield from SPECIAL[which](given)
            elif which in OF_TYPE:
                yield from of_type(given, str(which))
            elif (found := given.find(which)) is not None:
                yield found

    def assigned(self, names: Iterable[str], value: Value, node: ir.Node, key: str = "") -> None:
        """A value put under a key of something that is a sink; a sink may want some keys only."""
        under = constant(key.lower())
        for name in names:
            found = False
            for sink in self.engine.models.assigned.get(name, ()):
                wanted = sink.when.get("key")
                if (not wanted or _is(under, wanted)) and not _is(under, sink.unless.get("key", ())):
                    self.reach(sink, value, node, (node.start, node.end))
                    found = True
            if found:
                return

    def fits(self, sink: SinkModel | CallbackModel, node: ir.Call, given: Arguments) -> bool:
        """Whether a call is as a model wants it: what it is called on, and its arguments."""
        if sink.receiver is not None:
            callee = node.callee
            base = getattr(callee, "base", None)
            text = self.engine.text(base.start, base.end) if base is not None else ""
            if sink.receiver.search(text[-80:]) is None:
                return False
        if isinstance(sink, SinkModel) and sink.apart is not None and sink.apart.search(self._around()) is not None:
            return False
        if sink.when and not any(_is(given.get(key), values) for key, values in sink.when.items()):
            return False
        unless = sink.unless if isinstance(sink, SinkModel) else {}
        return not any(_is(given.get(key), values) for key, values in unless.items())

    def reach(self, sink: SinkModel, value: Value, place: ir.Node, call: tuple[int, int]) -> None:
        """A value at a sink."""
        if self.muted:
            return
        if sink.rule == "cross-site-scripting" and self._is_plain(sink):
            return
        if sink.rule == errors.RULE:
            errors.shown(self, sink, value, place)
            return
        rule = _weighed(flow_rules()[sink.rule], value)
        arrival = self._arrival(sink.rule, place, call)
        if rule.context == "algorithm":
            self._algorithm(sink, value, place, arrival)
        elif not _is_elsewhere(sink, value):
            self._reached(sink, rule, _without_texts(value, place) if rule.context == "nosql" else value, arrival)

    def _is_plain(self, sink: SinkModel) -> bool:
        """Whether the function at hand says that what it writes is no HTML."""
        return sink.receiver is not None and _PLAIN.search(self._around()) is not None

    def _around(self) -> str:
        """The function at hand as it is written."""
        function = self.engine.frame.function
        return self.engine.text(function.start, function.end) if function is not None else ""

    def _reached(self, sink: SinkModel, rule: FlowRule, value: Value, arrival: Arrival) -> None:
        if value.type == "object" and value.fields is not None and sink.rule not in _OBJECTS:
            return
        if (sink.text == "html" or sink.rule == "log-injection") and (
            value.type in _NO_TEXT or value.items is not None or value.fields is not None
        ):
            return
        shape = texts.forms_of(value) if value.items is None and value.fields is None else ((value,),)
        for form in shape:
            if sink.text and not self._of_kind(sink.text, form):
                for _, hole, _ in texts.holes(form):
                    self._piece(hole, arrival)
                continue
            self._form(sink, rule, form, arrival, {taint.source.key: taint.marks for taint in value.taints})
        if value.forms and value.openness == 2:
            arrival.worsen("open")

    def _algorithm(self, sink: SinkModel, value: Value, place: ir.Node, arrival: Arrival) -> None:
        """The name of an algorithm: no matter where it comes from, but which one it is."""
        if not value.is_constant:
            arrival.worsen("open" if texts.is_open(value) else "constant")
            return
        names = [item for item in value.constants if isinstance(item, str)]
        broken = next((name for name in names if contexts.looks_like(sink.text, name)), None)
        if broken is None:
            return
        arrival.worsen("tainted")
        if not isinstance(place, ir.Const):  # those that are written here are told by their looks
            source = Source(place.start, place.end, broken, "argument", "the program's own text", sink.confidence)
            hit = Hit(sink.rule, arrival.start, arrival.end, Taint(source), sink.confidence, True, "")  # noqa: FBT003
            self.hits.setdefault((sink.rule, arrival.start, arrival.end), hit)

    def built(self, value: Value, node: ir.Node) -> None:
        """A text that is put together: other engines suspect the place where that happens, not the sink."""
        if self.muted or not (value.forms or value.constants):
            return
        for form in texts.forms_of(value):
            if contexts.looks_like("sql", texts.shown(form)):
                arrival = self._arrival("sql-injection", node, (node.start, node.end))
                for _, hole, _ in texts.holes(form):
                    self._piece(hole, arrival)
                if value.openness == OPEN:
                    arrival.worsen("open")

    def _piece(self, hole: Value, arrival: Arrival) -> None:
        """A value in a text that is put together; only what can do no harm is of interest."""
        taints = all_taints(hole)
        if not taints:
            arrival.worsen("open" if texts.is_open(hole) else "constant")
        for taint in taints:
            arrival.assumed = arrival.assumed or is_assumed(taint)
            proof = taint.cleared(arrival.rule) or self.engine.cleared(taint, arrival.rule)
            arrival.worsen("open" if proof is None or proof.guess else "cleared")
            if proof is not None and len(arrival.proofs) < _MOST_PROOFS and (taint, proof) not in arrival.proofs:
                arrival.proofs.append((taint, proof))

    def hit(self, rule: str, taint: Taint, place: ir.Node, confidence: Level) -> None:
        """Data that does harm at a place, whatever stands around it."""
        self._arrival(rule, place, (place.start, place.end)).worsen("tainted")
        key = (rule, place.start, place.end)
        known = self.hits.get(key)
        if known is None or LEVELS.index(known.confidence) < LEVELS.index(confidence):
            self.hits[key] = Hit(rule, place.start, place.end, taint, confidence, whole=True, place="")

    def _arrival(self, rule: str, place: ir.Node, call: tuple[int, int]) -> Arrival:
        key = (rule, place.start, place.end)
        if key not in self.arrivals:
            self.arrivals[key] = Arrival(rule, place.start, place.end, "constant", call=call)
        return self.arrivals[key]

    @staticmethod
    def _of_kind(kind: str, form: Form) -> bool:
        if len(form) == 1 and not isinstance(form[0], str):
            return kind == "html"
        return contexts.looks_like(kind, texts.shown(form))

    def _form(self, sink: SinkModel, rule: FlowRule, form: Form, arrival: Arrival, marks: Paths) -> None:
        whole = len(form) == 1
        for before, hole, after in texts.holes(form):
            taints = all_taints(hole)
            if not taints:
                arrival.worsen("open" if texts.is_open(hole) else "constant")
                continue
            reason = contexts.harmless(rule.context, before, after)
            tagged = contexts.has_tag(before + after)
            place = contexts.place(rule.context, before, after)
            is_html, unquoted = rule.context == "html", contexts.unquotes(rule.context, before)
            markup = contexts.markup_place(before) if is_html else contexts.quoted_place(rule.context, before)
            for taint in taints:
                if taint.source.title == SCRIPTED and not (is_html and contexts.in_script(before)):
                    arrival.worsen("open")
                    continue
                path = marks.get(taint.source.key, ())
                longer = _unquoted(taint) if unquoted else taint
                if len(path) > len(taint.marks):
                    longer = Taint(taint.source, path, longer.clearances, taint.exact, taint.weak)
                proof = (taint.cleared(markup) or self.engine.cleared(taint, markup)) if markup else None
                if proof is not None:
                    known = replace(proof, classes=proof.classes | {sink.rule})
                    longer = replace(longer, clearances=(*longer.clearances, known))
                if markup and is_html and contexts.is_link(before):
                    self._link(sink, longer, arrival)
                if not before and taint.source.origin == "argument" and rule.context in _NAMED_BY_OPERATOR:
                    arrival.worsen("open")
                    continue
                self._taint(sink, rule, longer, arrival, reason, whole=whole, place=place, tagged=tagged)

    def _link(self, sink: SinkModel, taint: Taint, arrival: Arrival) -> None:
        """Data that a link starts with: escaping it leaves `javascript:` as it is."""
        if any(taint.cleared(name) or self.engine.cleared(taint, name) for name in _LINKED):
            return
        if taint.cleared(sink.rule) is None and self.engine.cleared(taint, sink.rule) is None:
            return  # whoever can write tags needs no link
        rule = flow_rules()[_LINK]
        key = (_LINK, arrival.start, arrival.end)
        own = self.arrivals.setdefault(key, Arrival(*key, "constant", call=arrival.call))
        self._taint(replace(sink, rule=_LINK, text=""), rule, taint, own, "", whole=False, place="")

    def _unmarked(self, taint: Taint, place: str) -> Clearance | None:
        """Why a value is only text where it stands in HTML: no tag can begin there, and no attribute ends."""
        proof = taint.cleared(contexts.NO_TAGS) or self.engine.cleared(taint, contexts.NO_TAGS)
        if proof is None or not place:
            return proof
        return taint.cleared(contexts.NO_QUOTES) or self.engine.cleared(taint, contexts.NO_QUOTES)

    def _proof(self, sink: SinkModel, rule: FlowRule, taint: Taint, place: str) -> Clearance | None:
        """Why data is harmless at a sink; None if nothing says so."""
        own = KIND if sink.text == "uploaded" else sink.rule
        proof = taint.cleared(own)
        if proof is None or proof.guess:
            proof = self.engine.cleared(taint, own) or proof
        if proof is None and rule.context == "html":
            proof = self._unmarked(taint, place)
        if proof is None and sink.objects:
            proof = taint.cleared(TEXT) or self.engine.cleared(taint, TEXT)
        if proof is None and sink.rule == "unrestricted-upload" and taint.cleared("path-traversal"):
            proof = taint.cleared(KIND) or self.engine.cleared(taint, KIND)
        return proof

    def _taint(
        self,
        sink: SinkModel,
        rule: FlowRule,
        taint: Taint,
        arrival: Arrival,
        reason: str,
        *,
        whole: bool,
        place: str,
        tagged: bool = False,
    ) -> None:
        if taint.source.origin == "error":
            arrival.worsen("open")
            return
        if taint.source.origin == "archive" and sink.rule == "path-traversal":
            sink, rule = replace(sink, rule=_UNPACKED), flow_rules()[_UNPACKED]
            key = (_UNPACKED, arrival.start, arrival.end)
            plain = Arrival(_UNPACKED, arrival.start, arrival.end, "constant", call=arrival.call)
            arrival = self.arrivals.setdefault(key, plain)
        arrival.assumed = arrival.assumed or is_assumed(taint)
        proof = self._proof(sink, rule, taint, place)
        if proof is None and reason:
            proof = Clearance(frozenset({sink.rule}), reason, arrival.start, arrival.end)
        if proof is not None:
            arrival.worsen("open" if proof.guess else "cleared")
            if len(arrival.proofs) < _MOST_PROOFS and (taint, proof) not in arrival.proofs:
                arrival.proofs.append((taint, proof))
            return
        if sink.text in _NAMED and not (taint.source.title == _UPLOADED and taint.cleared("path-traversal")):
            return
        vague = taint.source.origin in _VAGUE
        if vague and sink.text == "html" and not tagged and not sink.parameter:
            arrival.worsen("open")
            return
        confidence = _confidence(sink, rule, taint, whole=whole)
        if confidence is None:
            arrival.worsen("open")
            return
        arrival.worsen("tainted" if LEVELS.index(confidence) > 0 else "open")
        key = (sink.rule, arrival.start, arrival.end)
        hit = Hit(sink.rule, arrival.start, arrival.end, taint, confidence, whole, place)
        known = self.hits.get(key)
        if known is None or LEVELS.index(known.confidence) < LEVELS.index(confidence):
            self.hits[key] = hit


def _is_elsewhere(sink: SinkModel, value: Value) -> bool:
    """Whether a value is of a type that does no harm in a class: a page's own address, what is opened already."""
    if sink.rule == "open-redirect":
        return value.type in _OWN_ADDRESS
    if sink.rule == "regex-injection":
        return value.type == "RegExp"
    return sink.rule in {"path-traversal", "zip-slip"} and value.type in _STREAMS and sink.arguments != ("self",)


def _weighed(rule: FlowRule, value: Value) -> FlowRule:
    """A rule as it holds of a value: a text was made of the data, an object was rather found by it."""
    return replace(rule, weak="low") if rule.weak == "none" and value.type == "str" else rule


def is_assumed(taint: Taint) -> bool:
    """Whether data is what a function of the unit at hand is called with, and nothing is known of who calls it."""
    return taint.source.origin == "parameter" and taint.source.start < FOREIGN


def _without_texts(value: Value, place: ir.Node) -> Value:
    """A query in which texts under a key do no harm: only an object can change what it matches."""
    if value.fields is None:
        return value
    proof = Clearance(frozenset({"nosql-injection"}), "it is a text and no object", place.start, place.end)
    fields: dict[ir.Constant, Value] = {}
    for key, inner in value.fields.items():
        if key in CODE_KEYS:
            fields[key] = as_code(inner)
            continue
        is_text = key == "$eq" or inner.type == "str"
        fields[key] = clear(inner, proof) if is_text else _without_texts(inner, place)
    rest = value.rest
    if rest is not None:
        rest = clear(rest, proof) if rest.type == "str" else _without_texts(rest, place)
    return value.but(fields=fields, rest=rest)


def _weight(sink: SinkModel, rule: FlowRule, taint: Taint, *, whole: bool) -> Weight:
    """How much a parameter of a function that nobody here calls counts."""
    if rule.context == "path" and _FOLDER.search(taint.source.text) is not None:
        return "none"
    own = rule.whole if whole and taint.cleared(BELOW) is None else rule.parameter
    return cast("Weight", sink.parameter) if sink.parameter else own


def _confidence(sink: SinkModel, rule: FlowRule, taint: Taint, *, whole: bool) -> Level | None:
    if taint.source.origin == "parameter":
        weight = _weight(sink, rule, taint, whole=whole)
        if weight == "none":
            return None
        level: Level = weight if taint.source.confidence != "low" else "low"
    elif taint.source.origin == "answer":
        if rule.answer == "none":
            return None
        level = rule.answer
    elif taint.source.origin == "archive" and sink.rule != _UNPACKED:
        level = "low"
    elif taint.source.origin in _LOCAL:
        if rule.local == "none" or (taint.source.origin == "environment" and rule.context in _NAMED_BY_OPERATOR):
            return None
        low = rule.local == "low" and sink.parameter != "medium"
        level = "low" if low else taint.source.confidence
    else:
        level = taint.source.confidence
    if taint.weak:
        if rule.weak == "none":
            return None
        level = "low" if rule.context == "session" else lower(level)
    return level if LEVELS.index(level) <= LEVELS.index(sink.confidence) else sink.confidence


def _is_decided(sink: SinkModel, given: Arguments) -> bool:
    """Whether what a sink wants of the other arguments is known not to be so."""
    known = [given.get(key) for key in (*sink.when, *sink.unless)]
    told = [value for value in known if value is not None]
    return bool(told) and all(value.name or value.is_constant for value in told)


def _is(value: Value | None, wanted: tuple[Any, ...]) -> bool:
    if value is None:
        return False
    if "*" in wanted:
        return True
    if NO_PAGE in wanted and value.text is not None:
        return not contexts.is_page(value.text)
    if (value.name and value.name in wanted) or (value.type and value.type in wanted):
        return True
    return any(item in wanted for item in value.constants)


def _unquoted(taint: Taint) -> Taint:
    """Data without what was found out about it as one word of a shell."""
    left = tuple(proof for proof in taint.clearances if proof.reason != contexts.QUOTED)
    return taint if len(left) == len(taint.clearances) else replace(taint, clearances=left)
