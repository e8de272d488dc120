"""Java's objects that are made safe or unsafe by telling them so: XML parsers, object streams, answers of servlets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from leery_analyzers.dataflow import ir
from leery_analyzers.dataflow.java.made import joined_path
from leery_analyzers.dataflow.values import NONE, OPEN, UNKNOWN, Value, all_taints, constant, derived, merge_taints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.calls import Calls

_OFF = (
    "disallow-doctype-decl", "external-general-entities",
    "supportdtd", "support_dtd", "is_supporting_external_entities", "issupportingexternalentities",
    "feature_secure_processing", "secure-processing", "access_external_dtd", "accessexternaldtd",
    "access_external_schema", "access_external_stylesheet", "accessexternalstylesheet",
)  # fmt: skip
_ON = frozenset({"disallow-doctype-decl", "feature_secure_processing", "secure-processing"})
_TELLS = frozenset({"setFeature", "setProperty", "setAttribute"})
_RESOLVERS = frozenset({"setEntityResolver", "setXMLResolver"})
_MAPPER = "com.fasterxml.jackson.databind.ObjectMapper"
_XSTREAM = "com.thoughtworks.xstream.XStream"
_AFTER: Mapping[tuple[str, str], str] = {
    ("java.io.ObjectInputStream", "setObjectInputFilter"): "java.FilteredInput",
    (_XSTREAM, "allowTypes"): "xstream.Limited",
    (_XSTREAM, "allowTypesByWildcard"): "xstream.Limited",
    (_XSTREAM, "allowTypeHierarchy"): "xstream.Limited",
    (_MAPPER, "enableDefaultTyping"): "jackson.PolymorphicMapper",
    (_MAPPER, "activateDefaultTyping"): "jackson.PolymorphicMapper",
}
"""The type of an object after a method of it."""
_ANY_CLASS = re.compile(r"LaissezFaire|allowIf(?:Base|Sub)Type\(\s*(?:Object\.class|\"\")\s*\)")
_ADDRESSES = frozenset({"java.net.URL", "java.net.URI"})
_PARTS: Mapping[str, str] = {
    "getHost": "hostname",
    "getAuthority": "hostname",
    "getRawAuthority": "hostname",
    "getScheme": "scheme",
    "getProtocol": "scheme",
}
"""Methods that give a part of an address which guards compare."""
ADDRESS_PART = "urllib.parse.Result."
"""What the types of parts of addresses begin with."""
ADDRESS_BUILDER = "web.AddressBuilder"
_HARMLESS_PARTS = frozenset({
    "addEncodedQueryParameter", "addParameter", "addParameters", "addPathSegment", "addPathSegments",
    "addQueryParameter", "appendPath", "appendPathSegments", "build", "buildAndExpand", "buildFromEncoded",
    "cloneBuilder", "encode", "encodedFragment", "encodedPath", "encodedQuery", "expand", "fragment", "matrix",
    "matrixParam", "newBuilder", "normalize", "path", "pathSegment", "port", "query", "queryParam",
    "queryParamIfPresent", "queryParams", "removeQuery", "replacePath", "replaceQueryParam", "resolveTemplate",
    "segment", "setCustomQuery", "setFragment", "setParameter", "setParameters", "setPath", "setPathSegment",
    "setPathSegments", "setPort", "setQueryParameter", "toUriString", "userInfo",
})  # fmt: skip
"""Methods of what builds an address that say nothing of its host."""
INSECURE = "xml.Insecure"
SECURE = "xml.Secure"


def configured(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """A setting of an object, or what a part of an address is; None for any other method."""
    name, kind = callee.name, receiver.type
    if kind.startswith(INSECURE):
        return _parser(calls, callee, receiver, given)
    if kind in _ADDRESSES or kind == ADDRESS_BUILDER:
        return _of_address(name, receiver, given)
    if name == "resolve" and kind in {"", "java.nio.file.Path"} and len(given.positional) == 1 and not receiver.name:
        return joined_path([receiver, given.positional[0][0]], "java.nio.file.Path")
    if name in {"read", "readFully"} and given.positional and all_taints(receiver):
        read = Value(taints=derived(all_taints(receiver)))
        buffer = given.positional[0][1]
        if isinstance(buffer, ir.Expression):
            calls.engine.assign_quietly(buffer, read)
        return UNKNOWN
    after = _AFTER.get((kind, name))
    if (kind, name) == ("javax.servlet.http.HttpServletResponse", "setContentType"):
        told = given.at(0)
        if told is not None and told.text is not None and not any(word in told.text for word in ("html", "xml", "svg")):
            after = "servlet.PlainResponse"
    if after is None or (name == "activateDefaultTyping" and _is_limited(calls)):
        return None
    calls.engine.assign_quietly(callee.base, receiver.but(type=after))
    return NONE


def _is_limited(calls: Calls) -> bool:
    """Whether the function at hand tells a mapper which classes it may make."""
    function = calls.engine.frame.function
    text = calls.engine.text(function.start, function.end) if function is not None else ""
    return "BasicPolymorphicTypeValidator" in text and _ANY_CLASS.search(text) is None


def _parser(calls: Calls, callee: ir.Attribute, receiver: Value, given: Arguments) -> Value | None:
    """A setting of a parser, or of what makes parsers."""
    name = callee.name
    if (name in _TELLS and _secures(calls, given)) or name in _RESOLVERS:
        kind = SECURE + receiver.type.removeprefix(INSECURE)
        calls.engine.assign_quietly(callee.base, receiver.but(type=kind))
        return NONE
    return NONE if name in _TELLS else None


def _part_of_address(part: str, receiver: Value) -> Value:
    """The host or the scheme of an address, known where the address is."""
    kind = f"{ADDRESS_PART}{part}"
    if receiver.text is not None:
        try:
            taken = urlsplit(receiver.text)
        except ValueError:
            return Value(type=kind)
        return constant(taken.scheme if part == "scheme" else taken.netloc).but(type=kind)
    taints = derived(all_taints(receiver))
    return Value(taints=taints, type=kind, openness=OPEN if taints else receiver.openness)


def _of_address(name: str, receiver: Value, given: Arguments) -> Value | None:
    if receiver.type == ADDRESS_BUILDER:
        return receiver if name in _HARMLESS_PARTS else None
    if name in _PARTS:
        return _part_of_address(_PARTS[name], receiver)
    if name == "resolve" and given.positional:
        taints = merge_taints(derived(all_taints(receiver)), derived(given.taints()))
        return Value(taints=taints, type=receiver.type, openness=OPEN if taints else receiver.openness)
    kind = {"toURL": "java.net.URL", "toURI": "java.net.URI"}.get(name, "str")
    if kind != "str" or name in {"toString", "toExternalForm", "toASCIIString"}:
        return receiver.but(type=kind)
    return None


def _secures(calls: Calls, given: Arguments) -> bool:
    """Whether a setting keeps a parser from fetching what a document names."""
    if len(given.positional) < 2:
        return False
    (feature, place), (value, _) = given.positional[0], given.positional[1]
    said = (feature.text or feature.name or calls.engine.text(place.start, place.end)).lower()
    found = next((part for part in _OFF if said.endswith(part)), "")
    if not found:
        return False
    if value.only is None:
        return value.name.endswith("FALSE") if found not in _ON else value.name.endswith("TRUE")
    return bool(value.only[0]) is (found in _ON)
