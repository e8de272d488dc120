"""What Python's annotations promise of a value from outside: one of a few constants, or the form of a pattern.

Frameworks check annotated parameters before they call the function; so do models with their fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.patterns import excluded_classes
from leery_analyzers.dataflow.prefixes import LINE_CLASSES
from leery_analyzers.dataflow.python.text import unescape
from leery_analyzers.dataflow.state import Closure, LocalClass
from leery_analyzers.dataflow.values import CLOSED, EVERY, MAX_FIELDS, Clearance, Value, clear, derived

if TYPE_CHECKING:
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.engine import Engine

FIELD = "pydantic.Field"
LITERAL = "typing.Literal"
_ANNOTATED = frozenset({"typing.Annotated", "typing_extensions.Annotated", "Annotated"})
_LITERALS = frozenset({"typing.Literal", "typing_extensions.Literal", "Literal"})
_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices"})
_ONE_LINE = frozenset({"EmailStr", "HttpUrl", "AnyUrl", "AnyHttpUrl", "pydantic.EmailStr", "pydantic.HttpUrl"})
_MODELS = frozenset({"BaseModel", "SQLModel", "BaseSettings"})
_CHECKED_NUMBERS = ("conint(", "confloat(", "condecimal(", "condate(")
_PATTERN = re.compile(r"""\b(?:pattern|regex)\s*=\s*(r?)(["'])((?:\\.|(?!\2).)*)\2""")
_LISTED = re.compile(r"(?:Optional\[|Annotated\[)?(?:\w+\.)*Literal\[")
_FIELDS = frozenset({
    "Field", "Query", "Path", "Form", "Header", "Cookie", "Body", "constr", "StringConstraints", "Param", "Parameter",
})  # fmt: skip


def is_enum(value: Value | None) -> bool:
    """Whether a value is a class of the document whose values are an enumeration's members."""
    target = value.target if value is not None else None
    if not isinstance(target, LocalClass):
        return False
    return any(base.rpartition(".")[2] in _ENUMS for base in target.bases) or any(
        is_enum(Value(target=parent)) for parent in target.parents if parent is not target
    )


def takes_more(engine: Engine, kind: str) -> bool:
    """Whether a class of the document is a schema that lets fields pass which it does not name."""
    found = engine.lookup(kind) if kind.isidentifier() else None
    target = found.target if found is not None else None
    if not isinstance(target, LocalClass):
        return False
    told = [(target.members[name].fields or {}).get("extra") for name in ("model_config",) if name in target.members]
    inner = target.members["Config"].target if "Config" in target.members else None
    if isinstance(inner, LocalClass) and "extra" in inner.members:
        told.append(inner.members["extra"])
    return any(one is not None and (one.text == "allow" or one.name.endswith("Extra.allow")) for one in told)


def listed_reason(engine: Engine, annotation: str, kind: str) -> str:
    """Why a value of an annotation is one of the program's own; empty if nothing says so.

    Args:
        engine: knows the document's names.
        annotation: as written.
        kind: its first name.
    """
    if _LISTED.match(annotation):
        return "its annotation lists what passes"
    if kind.startswith(_CHECKED_NUMBERS):
        return "its annotation says that it is a number"
    found = engine.lookup(kind) if kind.isidentifier() else None
    if found is None:
        return ""
    if is_enum(found):
        return "it is a member of an enumeration"
    return "its annotation lists what passes" if found.type == LITERAL else ""


def alias(base: Value, key: Value) -> Value | None:
    """``Annotated[str, Field(pattern=...)]`` and ``Literal["a", "b"]`` as values, for names that stand for them."""
    if base.name in _LITERALS:
        return Value(type=LITERAL)
    if base.name in _ANNOTATED and key.items is not None:
        return next((item for item in key.items if item.type in {FIELD, LITERAL}), None)
    return None


def field(names: list[str], given: Arguments) -> Value | None:
    """A declaration of a field that says which pattern it has."""
    pattern = given.get("pattern") or given.get("regex")
    if not names or names[0].rpartition(".")[2] not in _FIELDS or pattern is None:
        return None
    return Value(openness=CLOSED, fields={"pattern": pattern}, type=FIELD)


def matched(engine: Engine, value: Value, declared: ir.Node) -> Value:
    """A parameter's value after the framework has matched it with the pattern that its declaration gives."""
    if not isinstance(declared, ir.Parameter):
        return value
    pattern = _written_pattern(engine, declared)
    return checked(value, pattern, declared) if pattern is not None else value


def checked(value: Value, pattern: str, place: ir.Node) -> Value:
    """A value that was matched with a pattern before it got here."""
    classes = excluded_classes(pattern, full=False, anchored=False)
    if not classes:
        return value
    return clear(
        value, Clearance(classes, "its declaration lets only harmless characters pass", place.start, place.end)
    )


def promised(engine: Engine, value: Value, annotation: str, place: ir.Node, *, sure: bool = False) -> Value:
    """A value in a field whose annotation says that it is a number, one of a list, or of some form.

    Args:
        engine: of the analysis.
        value: what is put into the field.
        annotation: of the field.
        place: where it is.
        sure: whether the annotation is checked when the program runs.
    """
    written = annotation.strip("'\" ")
    plain = written.removeprefix("Optional[").removesuffix("]").partition("|")[0].strip()
    reason = "its annotation says that it is a number" if plain in engine.language.numbers else ""
    reason = reason or listed_reason(engine, written, plain)
    if reason:
        return clear(value, Clearance(frozenset({EVERY}), reason, place.start, place.end, guess=not sure))
    found = _PATTERN.search(annotation)
    made = checked(value, found[3] if found[1] else unescape(found[3]), place) if found is not None else value
    if plain in _ONE_LINE:
        made = clear(made, Clearance(LINE_CLASSES, "it holds no line breaks", place.start, place.end))
    return made.but(type="str") if plain == "str" and not made.type else made


def with_fields(engine: Engine, value: Value, kind: str) -> Value:
    """An object of a class of the document that says which fields it has."""
    found = engine.lookup(kind) if kind.isidentifier() and value.fields is None else None
    target = found.target if found is not None else None
    maker = target.members.get("__init__") if isinstance(target, LocalClass) else None
    if maker is None or not isinstance(target, LocalClass) or not isinstance(maker.target, Closure):
        return value
    function = maker.target.function
    if not any(isinstance(item, ir.Assign) and isinstance(item.value, ir.Cast) for item in function.body):
        return value
    fields: dict[ir.Constant, Value] = {}
    plain = Value(taints=derived(value.taints))
    for parameter in function.parameters[1:]:
        inner = matched(engine, plain, parameter)
        inner = promised(engine, inner, parameter.annotation, parameter, sure=_checks(target))
        fields[parameter.name] = inner
    return value.but(fields=fields) if len(fields) <= MAX_FIELDS else value


def _checks(target: LocalClass) -> bool:
    """Whether a class looks at what it is given when an object is made."""
    named = any(base.rpartition(".")[2] in _MODELS for base in target.bases)
    return named or any(_checks(parent) for parent in target.parents if parent is not target)


def _written_pattern(engine: Engine, parameter: ir.Parameter) -> str | None:
    default = engine.text(parameter.default.start, parameter.default.end) if parameter.default is not None else ""
    for text in (parameter.annotation, default):
        found = _PATTERN.search(text)
        if found is not None:
            return found[3] if found[1] else unescape(found[3])
    name = parameter.annotation.strip("'\" ")
    known = engine.lookup(name) if name.isidentifier() else None
    inner = known.fields.get("pattern") if known is not None and known.type == FIELD and known.fields else None
    return inner.text if inner is not None else None
