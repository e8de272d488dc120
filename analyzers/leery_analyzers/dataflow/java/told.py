"""What the comment of a method says of its parameters: ``/** url is a parameter of GET /preview */``.

The comment stands in the unit before the method's, or, in a whole file, right before the method.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import Source, map_taints
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Taint, Value

DATA = frozenset({
    "String", "CharSequence", "String[]", "byte[]", "char[]", "Object", "List", "Map", "Set", "Collection", "File",
    "Path", "URI", "URL", "InputStream", "Reader", "JsonNode", "JSONObject", "JsonObject", "Properties",
})  # fmt: skip
"""The types of parameters that hold data, and not what the program works with."""
_TITLE = "the request, as a comment says"

_MOST = 1_500
"""Characters of a comment that are read."""
_WHO = (
    r"(?:users?|clients?|customers?|visitors?|callers?|browsers?|players?|guests?|members?|attackers?|people|anybody|"
    r"anyone)"
)
_OUTSIDE = lazy_regex(
    r"(?i)\b(?:"
    r"(?:request|query|form|url|uri|path|header|cookie|body|http|get|post)(?:'s)?[- ](?:string )?"
    r"(?:param(?:eter)?|field|value|argument|segment|variable|body|string|header)s?\b|"
    r"(?:parameter|field|header|segment|body|part|value|fragment)s? of (?:the |an? )?(?:\w+ )?"
    r"(?:request|form|url|query|get|post|put|delete|patch)\b|"
    r"(?:from|with|in|of|by|as) (?:the |an? |its |every |any |each )?(?:\w+(?:'s)? ){0,2}"
    r"(?:requests?|query string|web ?form|webhook|internet|upload|contact form|search (?:form|box|field))\b|"
    rf"(?:from|by) (?:the |an? |any |every )?(?:\w+ )?{_WHO}\b(?! (?:interface|manager|service|repository))|"
    rf"{_WHO}(?:'s)?[- ](?:\w+ )?"
    r"(?:input|supplied|provided|controlled|given|sen[dt]s?|types?|typed|gives?|gave|uploads?|uploaded|enters?|"
    r"entered|chose|chooses?|chosen|picks?|picked|posts?|posted|asked|asks|requested|wrote|writes|keyed)\b|"
    r"untrusted|un-trusted|user-agent|keyed in|typed into|"
    r"(?:rest|http|web|graphql|servlet|websocket|public|api|mvc)(?: \w+)? "
    r"(?:handlers?|endpoints?|layer|api|controllers?|routes?|filters?|resources?|requests?|callers?)\b|"
    r"(?:called|used|invoked|bound|filled|run) (?:by|from|in) (?:the |an? )?(?:\w+ ){0,2}"
    r"(?:endpoints?|controllers?|servlets?|routes?|handlers?|resources?)\b|"
    r"(?:(?-i:GET|POST|PUT|PATCH|DELETE)) (?:request|/)"
    r")|\b(?-i:GET|POST|PUT|PATCH|DELETE) /"
)
_TRUSTED = lazy_regex(
    r"(?i)\b(?:validated|checked|verified|sanitiz\w+|sanitis\w+|trusted|vetted|escaped|normali[sz]ed|"
    r"operators?|administrators?|admins?|made by us|configur\w+|command line|authenticated|signed|internal|never)\b"
)
_ENDS = re.compile(r"[.;](?=\s|$)|,\s|\s-\s|\n\s*\*\s*@|\n\s*(?://|\*)\s*\n")
_WORD = re.compile(r"\b[a-zA-Z_]\w*\b")


def from_outside(comment: str, parameters: Iterable[str]) -> frozenset[str]:
    """The parameters that come from outside as a comment says.

    Args:
        comment: as written.
        parameters: the names of all that may hold data.
    """
    if len(comment) > _MOST or _OUTSIDE.search(comment) is None:
        return frozenset()
    names = frozenset(parameters)
    found: set[str] = set()
    others = False
    spoken: set[str] = set()
    for clause in _ENDS.split(comment):
        here = names.intersection(_WORD.findall(clause))
        if _OUTSIDE.search(clause) is not None and _TRUSTED.search(clause) is None:
            found |= here
            others = others or not here
        else:
            spoken |= here
    return frozenset(found | (names - spoken if others else set()))


def holds_data(parameter: ir.Parameter) -> bool:
    """Whether a comment may say of a parameter where it comes from; an annotation says it better."""
    return parameter.annotation.rpartition(".")[2] in DATA and not parameter.decorators


def said_outside(engine: Engine, function: ir.Function, parameter: ir.Parameter, value: Value) -> Value:
    """What a parameter holds, from outside for certain where a comment says so."""
    if not holds_data(parameter) or any(taint.source.origin != "parameter" for taint in value.taints):
        return value
    said = engine.outside.ask("comments", function.name)
    names = [other.name for other in function.parameters if holds_data(other)]
    if not said or parameter.name not in from_outside(said[0].key, names):
        return value

    def outside(taint: Taint) -> Taint:
        old = taint.source
        return replace(taint, source=Source(old.start, old.end, old.text, "request", _TITLE, "medium"))

    return value.with_taints(map_taints(value.taints, outside))
