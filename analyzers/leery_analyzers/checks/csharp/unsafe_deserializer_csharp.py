"""Objects of any class made from data, in C#.

A format that names types lets the sender choose which code runs while the data is read, before anything is checked.
`BinaryFormatter` and its kin cannot be made safe and are gone from .NET 9; a serialiser of JSON or XML for one known
type does without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import CSHARP, Check, Invalid, Problem
from leery_analyzers.checks.csharp_code import CSharpCode, sets
from leery_analyzers.checks.csharp_values import is_word
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FORMATTERS = frozenset(
    f"new {name}"
    for name in (
        "BinaryFormatter",
        "NetDataContractSerializer",
        "LosFormatter",
        "SoapFormatter",
        "ObjectStateFormatter",
    )
)
_READS = re.compile(r"\.(?:Unsafe)?Deserialize\w*\(|\.ReadObject\(")
_MESSAGE = "Whoever writes this data chooses the classes that are made, and with them the code that runs."


class UnsafeDeserializerCsharp(Check):
    """Finds readers of data that make objects of any class."""

    summary = "Objects of any class made from data"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-502",)
    owasp = ("A08:2025",)
    references = ("https://learn.microsoft.com/en-us/dotnet/standard/serialization/binaryformatter-security-guide",)
    languages = CSHARP
    calls = _FORMATTERS | {
        "new JavaScriptSerializer",
        "new SimpleTypeResolver",
        "new XmlSerializer",
        "new DataContractSerializer",
    }
    query = sets("TypeNameHandling", "EnableUnsafeBinaryFormatterSerialization")

    VALID = (
        """\
class Größe {
    object F(string text) => JsonSerializer.Deserialize<Order>(text);
}
""",
        """\
class A {
    object F(string text) {
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None };
        return JsonConvert.DeserializeObject<Order>(text, settings);
    }
}
""",
        """\
class A {
    object F(Stream stream) {
        return new XmlSerializer(typeof(Order)).Deserialize(stream);
    }
}
""",
        """\
class A {
    object F(string text) {
        return new JavaScriptSerializer().Deserialize<Order>(text);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe {
    object F(Stream stream) {
        var formatter = new BinaryFormatter();
        return formatter.Deserialize(stream);
    }
}
""",
            at="new BinaryFormatter",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    object F(string text) {
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };
        return JsonConvert.DeserializeObject(text, settings);
    }
}
""",
            at="TypeNameHandling = TypeNameHandling.All",
            message=_MESSAGE,
            fixed=(
                """\
class A {
    object F(string text) {
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None };
        return JsonConvert.DeserializeObject(text, settings);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    object F(string text) {
        return new JavaScriptSerializer(new SimpleTypeResolver()).DeserializeObject(text);
    }
}
""",
            at="new SimpleTypeResolver",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    object F(string type, Stream stream) {
        return new XmlSerializer(Type.GetType(type)).Deserialize(stream);
    }
}
""",
            at="Type.GetType(type)",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one object made or at one property."""
        assert isinstance(code, CSharpCode)
        call = found.get("call")
        if call is None:
            yield from _set(code, found)
            return
        name, first = code.callee(call), code.arguments(call).get(0)
        if name in _FORMATTERS:
            body = code.text(code.function(call) or call)
            only_writes = "Serialize(" in body and not _READS.search(body)
            yield Problem(code.called(call), _MESSAGE, severity="low" if only_writes else None)
        elif name == "new SimpleTypeResolver":
            yield Problem(code.called(call), _MESSAGE)
        elif name != "new JavaScriptSerializer" and first is not None and (made := _looked_up(code, first)) is not None:
            inner = code.arguments(made).get(0)
            if inner is not None and not code.constant(inner):
                yield Problem(first, _MESSAGE, confidence="medium")


def _looked_up(code: CSharpCode, kind: Node) -> Node | None:
    """The call ``Type.GetType(name)`` that a type comes from."""
    kinds = [kind]
    if kind.type == "identifier":
        kinds = [code.bare(b.value) for b in code.last_values(kind) if b.kind == "value" and b.value is not None]
    return next((node for node in kinds if code.text(node).startswith("Type.GetType(")), None)


def _set(code: CSharpCode, found: Mapping[str, Node]) -> Iterator[Problem]:
    value = found["value"]
    if code.text(found["key"]) == "EnableUnsafeBinaryFormatterSerialization":
        if is_word(code, value, "true"):
            yield Problem(found["set"], _MESSAGE)
        return
    text = code.text(value)
    if not re.search(r"TypeNameHandling\.(?:All|Auto|Objects|Arrays)\b", text):
        return
    around = code.text(found["set"].parent) if found["set"].parent is not None else ""
    bound = re.search(r"\b(?:SerializationBinder|Binder)\s*=", around) is not None
    if bound:
        return
    fix = Fix("Name no types", "review", (code.replace(value, "TypeNameHandling.None"),))
    yield Problem(found["set"], _MESSAGE, fixes=(fix,), confidence="medium" if text.endswith(".Auto") else None)
