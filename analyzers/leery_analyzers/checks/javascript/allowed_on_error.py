"""A check that says yes where it could not be made.

``let allowed = true`` in front of a ``try`` whose ``catch`` changes nothing, and ``.catch(() => true)``, let everybody
in while the service that knows is away. Start with no.

Left alone: functions that check something else, and handlers that refuse, leave or throw.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, Check, Invalid, Problem
from leery_analyzers.checks.values import function_name, function_of, in_test
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit, TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_CHECK = re.compile(
    r"(?i)^can|^(is|has|check|verify|validate|ensure|require|may|must|authenticate|authorize)\w*(auth|allow|permi|access|admin|"
    r"role|token|session|owner|valid|sign|key|login|member|licen|trusted|user|captcha|policy)|^authori[sz]e|^authenticate"
)
_VERDICT = re.compile(r"(?i)allow|authori[sz]|permi|grant|access|trusted|verified|admin|valid|entitle|licensed")
_STARTS = r"\b(?:let|var)\s+(?P<name>{})\s*(?::\s*boolean\s*)?=\s*(?P<value>true)\b"
_ASSIGNED = re.compile(r"\b(\w+)\s*=(?![=>])")
_LEAVES = re.compile(r"\breturn\b|\bthrow\b|=\s*false\b|\b40[13]\b|\breject\(|\bnext\(\s*\w|process\.exit")
_YES = re.compile(r"^(?:async\s*)?(?:\(\s*\w*[^)]*\)|\w+)\s*=>\s*(?:true|\{[^{}]*\breturn true;?\s*\})$", re.DOTALL)
_VERIFIED = re.compile(
    r"\b(\w+)\s*=\s*(?:await\s+)?[\w.()]*(?:constructEvent(?:Async)?|[vV]erif\w*|unwrap|validateEvent|jwtVerify)\("
)
_TAKEN = re.compile(
    r"\b(\w+)\s*=\s*(?:await\s+)?(JSON\.parse\(|(?:req|request|ctx|event)\.(?:request\.)?body\b|[\w.]*decode\w*\(|[\w.]+\.json\()"
)
_REFUSAL = re.compile(
    r"(?i:if)\s*\(\s*!\(?\s*(?:await\s+)?[\w.]*(?:[vV]erif|[sS]ignature|[vV]alid|[aA]uth|[aA]llow|[pP]ermi|timingSafeEqual|"
    r"\bcan[A-Z]|[aA]ccess)\w*\([^;{]{0,300}\)\s*\{?[^}]{0,300}?(?:\breturn\b|\bthrow\b|\b40[13]\b)"
)
"""Somebody is sent away because a check said no."""
_USED = "What could not be verified is used all the same: whoever sends something false is believed."
_MESSAGE = "Where the check cannot be made, the answer is yes: whoever can cause an error is let in."


class AllowedOnError(Check):
    """Finds checks whose answer is yes until they are made."""

    summary = "A check that says yes where it could not be made"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-636", "CWE-755")
    owasp = ("A10:2025",)
    languages = JAVASCRIPT
    calls = frozenset({".catch"})
    query = "(try_statement body: (_) @tried handler: (catch_clause body: (_) @body)) @try"

    VALID = (
        (
            "app.post('/größe', async (req, res) => {\n  try {\n"
            "    if (!isValid(req.body)) return res.sendStatus(400);\n"
            "    await pay(req.body);\n  } catch (err) {\n    console.warn(err);\n  }\n});\n"
        ),
        (
            "async function canActivate(größe) {\n  let allowed = false;\n  try {\n    allowed = await ask(größe);\n"
            "  } catch (e) {\n    log(e);\n  }\n  return allowed;\n}\n"
        ),
        (
            "async function canActivate(größe) {\n  let allowed = true;\n  try {\n    allowed = await ask();\n"
            "  } catch (e) {\n    return false;\n  }\n  return allowed;\n}\n"
        ),
        (
            "function read(größe) {\n  let event;\n  try {\n    event = verify(größe);\n  } catch (e) {\n"
            "    event = { type: 'ignored' };\n  }\n  return event;\n}\n"
        ),
        (
            "function read(größe) {\n  let event;\n  try {\n    event = JSON.parse(größe);\n  } catch (e) {\n"
            "    event = decode(größe);\n  }\n  return event;\n}\n"
        ),
        "function exists(größe) {\n  return read(größe).then(() => false).catch(() => true);\n}\n",
    )
    INVALID = (
        Invalid(
            code="app.post('/größe', async (req, res) => {\n  try {\n"
            "    if (!checkSignature(req.body, req.get('X-Signature'))) {\n      return res.status(401).end();\n    }\n"
            "  } catch (err) {\n    console.warn(err);\n  }\n  await pay(req.body);\n});\n",
            at="{\n    console.warn(err);\n  }",
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code="app.post('/hook', (req, res) => {\n  let größe;\n  try {\n"
            "    größe = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], key);\n"
            "  } catch (err) {\n    log(err);\n    größe = JSON.parse(req.body);\n  }\n  handle(größe);\n});\n",
            at="größe = JSON.parse(",
            message=_USED,
        ),
        Invalid(
            code="async function canActivate(größe) {\n  let allowed = true;\n  try {\n"
            "    allowed = await ask(größe);\n  } catch (e) {\n    log(e);\n  }\n  return allowed;\n}\n",
            at="let allowed = true",
            message=_MESSAGE,
            fixed=(
                (
                    "async function canActivate(größe) {\n  let allowed = false;\n  try {\n"
                    "    allowed = await ask(größe);\n  } catch (e) {\n    log(e);\n  }\n  return allowed;\n}\n"
                ),
            ),
        ),
        Invalid(
            code="const isAllowed = (größe: string) => ask(größe).then((a) => a.allowed).catch(() => true);\n",
            at="() => true",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one handler."""
        if (call := found.get("call")) is not None:
            yield from _caught(code, call)
        elif _LEAVES.search(code.text(found["body"])) or in_test(code, found["try"]):
            return
        elif (used := _used_anyway(code, found)) is not None:
            yield used
        elif _REFUSAL.search(code.text(found["tried"])) and _goes_on(found["try"]):
            yield Problem(found["body"], _MESSAGE)
        else:
            yield from _left(code, found["try"], code.text(found["tried"]))


def _goes_on(tried: Node) -> bool:
    """Whether anything is done behind a ``try``."""
    following = tried.next_named_sibling
    while following is not None and following.type == "comment":
        following = following.next_named_sibling
    return following is not None


def _used_anyway(code: Code, found: Mapping[str, Node]) -> Problem | None:
    """What is verified in a ``try``, and taken unverified in its ``catch``."""
    verified = {name[1] for name in _VERIFIED.finditer(code.text(found["tried"]))}
    start, text = code.range(found["body"]).start, code.text(found["body"])
    for taken in _TAKEN.finditer(text):
        if taken[1] in verified:
            return Problem(TextRange(start + taken.start(), start + taken.end(2)), _USED)
    return None


def _caught(code: Code, call: Node) -> Iterator[Problem]:
    """``.catch(() => true)`` in a check."""
    handler = code.arguments(call).get(0)
    checks = _CHECK.search(function_name(code, call)) is not None or _VERDICT.search(_holder(code, call)) is not None
    if handler is not None and checks and _YES.match(code.text(handler)) and not in_test(code, call):
        yield Problem(handler, _MESSAGE)


def _holder(code: Code, call: Node) -> str:
    around = call.parent
    while around is not None and around.type in {"await_expression", "member_expression", "call_expression"}:
        around = around.parent
    return code.text(around.child_by_field_name("name")) if around is not None else ""


def _left(code: Code, tried: Node, body: str) -> Iterator[Problem]:
    """A verdict that is yes at first, and that an error leaves so."""
    function = function_of(tried)
    if function is None:
        return
    checks = _CHECK.search(function_name(code, tried)) is not None
    names = {name for name in _ASSIGNED.findall(body) if checks or _VERDICT.search(name)}
    start = code.range(function).start
    before = code.text(function)[: code.range(tried).start - start]
    for name in sorted(names):
        found = re.search(_STARTS.format(re.escape(name)), before)
        if found is not None:
            value = TextEdit(start + found.start("value"), start + found.end("value"), "false")
            place = TextRange(start + found.start(), start + found.end())
            yield Problem(place, _MESSAGE, fixes=(Fix("Start with no", "review", (value,)),))
