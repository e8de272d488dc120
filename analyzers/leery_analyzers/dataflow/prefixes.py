"""Guards on how a text starts, what it holds, and on an address's host: which classes each of them clears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.dataflow import contexts, ir
from leery_analyzers.dataflow.patterns import removed_classes
from leery_analyzers.dataflow.values import OPEN, Clearance, all_taints

if TYPE_CHECKING:
    from leery_analyzers.dataflow.engine import Engine
    from leery_analyzers.dataflow.values import Value

SLASH = "(starts with a slash)"
NO_TWO = "(does not start with two slashes)"
_FILES = frozenset({"path-traversal", "zip-slip", "unrestricted-upload"})
_HOSTS = frozenset({"server-side-request-forgery", "open-redirect"})
_REDIRECT = frozenset({"open-redirect"})
_OPTION = frozenset({"argument-injection"})
_SCRIPT = frozenset({"script-address", "system-address"})
_NO_SCRIPT = re.compile(r"(?i)https?:|ftps?:|mailto:|tel:|[/#?.]")
_SEPARATORS = frozenset({"os.sep", "os.path.sep", "java.io.File.separator", "java.io.File.separatorChar"})
_SEPARATOR = re.compile(
    r"""(?:[/\\]["']|\bsep\}?["']?|\.separator(?:Char)?|getSeparator\(|,\s*["']["']"""
    r"""|(?i:prefix|_slash|_sep))\)*$"""
)
_END = 40
_LINES = frozenset({"\n", "\r\n"})
LINE_CLASSES = frozenset({"log-injection", "header-injection", "mail-header-injection"})
HOST_MEMBERS = frozenset({"hostname", "netloc", "host", "origin"})
KIND = "(kind)"
"""A class that no sink has: the name ends as those of a known kind of files do."""
ADDRESSES = frozenset({"urllib.parse.Result", "URL"})
"""Types of addresses that are taken apart."""


def starts_with(engine: Engine, test: ir.Call, *, holds: bool) -> bool:
    """``text.startswith(prefix)``; whether that is what the test is, and the prefix is known."""
    callee = test.callee
    if not isinstance(callee, ir.Attribute) or callee.name not in {"startswith", "startsWith"} or not test.arguments:
        return False
    prefix = engine.peek(test.arguments[0].value)
    texts = [item.text for item in prefix.items] if prefix.items else [prefix.text]
    known = [text for text in texts if text is not None]
    if not known or len(known) != len(texts):
        return False
    said = engine.text(test.start, test.end)
    begun = _begun(known, holds=holds)
    if begun:
        engine.guards.narrow(callee.base, Clearance(begun, f"`{said}` is known of its start", test.start, test.end))
    if holds and all(contexts.fixes_host(text) for text in known):
        engine.guards.narrow(callee.base, Clearance(_HOSTS, f"`{said}` fixes the host", test.start, test.end))
    elif holds and known == ["/"]:
        both(engine, callee.base, test, SLASH, NO_TWO)
    elif not holds and "//" in known:
        both(engine, callee.base, test, NO_TWO, SLASH)
    else:
        return False
    return True


def _begun(known: list[str], *, holds: bool) -> frozenset[str]:
    """What does no harm any more once it is known how a text starts, or does not."""
    if not holds:
        return _OPTION if "-" in known else frozenset()
    found = _OPTION if all(text and not text.startswith("-") for text in known) else frozenset[str]()
    return found | _SCRIPT if all(_NO_SCRIPT.match(text) for text in known) else found


def ends_folder(engine: Engine, test: ir.Call) -> bool:
    """Whether the prefix that a path is compared with ends in a separator: ``/srv/data`` starts ``/srv/data2``, too."""
    if not test.arguments:
        return False
    node = test.arguments[0].value
    while isinstance(node, ir.Call) and isinstance(node.callee, ir.Name) and node.callee.id == "str" and node.arguments:
        node = node.arguments[0].value
    if _SEPARATOR.search(engine.text(node.start, node.end)[-_END:]):
        return True
    value = engine.peek(node)
    listed = value.items or (value,)
    return all(_ends_in_separator(item) for item in listed)


def _ends_in_separator(value: Value) -> bool:
    if value.is_constant:
        return all(isinstance(item, str) and item.endswith(("/", "\\")) for item in value.constants)
    if not value.forms:
        return False
    last = [form[-1] for form in value.forms]
    return all(
        piece.endswith(("/", "\\"))
        if isinstance(piece, str)
        else piece.name in _SEPARATORS or _ends_in_separator(piece)
        for piece in last
    )


def both(engine: Engine, node: ir.Expression, test: ir.Node, own: str, other: str) -> None:
    """Two guards that clear a class only together."""
    value = engine.peek(node)
    classes = {own}
    if all(taint.cleared(other) or engine.cleared(taint, other) for taint in all_taints(value)):
        classes |= _REDIRECT
    said = engine.text(test.start, test.end)
    proof = Clearance(frozenset(classes), f"`{said}` keeps the address on this site", test.start, test.end)
    engine.guards.narrow(node, proof)


def without(engine: Engine, test: ir.Compare, *, holds: bool) -> None:
    """``folder in path.parents`` of a resolved path, and ``".." not in path``.

    The second is enough after a folder that is fixed, so it is believed, and marked as a guess.
    """
    inside = holds if test.op == "in" else not holds
    if inside and isinstance(test.right, ir.Attribute) and test.right.name == "parents":
        said = engine.text(test.start, test.end)
        proof = Clearance(_FILES, f"`{said}` keeps it in the folder", test.start, test.end)
        engine.guards.narrow(test.right.base, proof, resolved=True)
        return
    part = engine.peek(test.left).text
    if inside or part is None:
        return
    said = engine.text(test.start, test.end)
    if part in {"..", "../"}:
        engine.guards.narrow(
            test.right, Clearance(_FILES, f"`{said}` keeps `..` out", test.start, test.end, guess=True)
        )
    elif part == "\n":
        engine.guards.narrow(
            test.right, Clearance(LINE_CLASSES, f"`{said}` keeps line breaks out", test.start, test.end)
        )
    elif len(part) == 1 and (classes := removed_classes(f"[{re.escape(part)}]")):
        engine.guards.narrow(test.right, Clearance(classes, f"`{said}` keeps it out", test.start, test.end))


def ends_with(engine: Engine, test: ir.Call) -> None:
    """``name.endswith(".png")``: what kind of file it is, and nothing of the folder."""
    callee = test.callee
    if not isinstance(callee, ir.Attribute) or callee.name not in {"endswith", "endsWith"} or not test.arguments:
        return
    ending = engine.peek(test.arguments[0].value)
    if all_taints(ending) or (ending.text is None and ending.items is None and ending.openness == OPEN):
        return
    base = callee.base
    while isinstance(base, ir.Call) and isinstance(base.callee, ir.Attribute) and not base.arguments:
        base = base.callee.base
    said = engine.text(test.start, test.end)
    engine.guards.narrow(base, Clearance(frozenset({KIND}), f"`{said}` lets one kind pass", test.start, test.end))


def no_host(engine: Engine, test: ir.Attribute) -> None:
    """An address without a host stays on this site."""
    base = engine.peek(test.base)
    if test.name not in HOST_MEMBERS or base.type not in ADDRESSES:
        return
    proof = Clearance(_REDIRECT, "the address names no host", test.start, test.end)
    for taint in all_taints(base):
        engine.clear_source(taint, proof)


def takes_lines_out(old: Value | None) -> bool:
    """Whether replacing this text leaves one without line breaks."""
    return old is not None and old.text in _LINES
