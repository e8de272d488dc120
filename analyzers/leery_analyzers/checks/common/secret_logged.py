"""A password or key written to a log.

Logs are kept for long, copied to other places and read by many who must not know the secret.

The same holds of everything that a form sent, where the function that logs it takes a password from it, of all headers
of a request, and of the whole environment.

Left alone: lengths, hashes and masked forms of a secret, whether there is one, and names that only sound like one.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, function_of, in_test, is_python
from leery_analyzers.checks.words import AnyCase, is_secret_setting, short, words_of
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_LEVELS = ("debug", "info", "warning", "warn", "error", "critical", "exception", "log", "trace", "fatal")
_PRINTS = frozenset(
    {"print", "pprint.pprint", "console.log", "console.error", "console.info", "console.debug", "console.warn"}
)
_LOGGER = lazy_regex(r"(?i)(^|\.|_)(log|logger|logging|console|winston|pino)$")
_SURE = frozenset({"password", "passwd", "passphrase", "cvv", "ssn", "passwort", "pwd"})
_KEYS = lazy_regex(
    r"(?i)(api|secret|private|access|encryption|signing)_?key$|(access|auth|refresh|session|api|bearer|reset)_?token$|(client|jwt|app|api)_?secret$|credit_?card(_?number)?$|card_?number$"
)
_CHANGED = lazy_regex(
    r"(?i)mask|redact|hash|len$|length|bool|type|hide|obfus|sanit|digest|isinstance|startswith|count|strength|valid"
)
_WHOLE = lazy_regex(
    r"(?:await\s+)?(?:self\.)?(?:request|req|ctx\.request)\.(?:POST|form|values|json|data|body|rawBody)"
    r"(?:\.dict\(\)|\.to_dict\(\)|\(\))?|(?:await\s+)?request\.get_json\([^()]*\)"
)
_HEADERS = lazy_regex(
    r"(?:dict\()?(?:self\.)?(?:request|req|ctx(?:\.request)?|response\.request|resp\.request|r\.request)\.(?:headers|META|cookies|COOKIES)(?:\.items\(\)|\.raw)?\)?|"
    r"(?:dict\()?os\.environ(?:\.items\(\))?\)?|JSON\.stringify\(\s*req(?:uest)?\.(?:headers|cookies)[^()]*\)|process\.env"
)
"""Everything that a request's headers say, or the environment."""
_MINTED = lazy_regex(
    r"(?i)^(?:jwt\.encode|secrets\.token_\w+|jwt\.sign|(?:\w+\.)*(?:create|make|generate|issue|new)_?(?:access_?|refresh_?|reset_?|jwt_?|session_?|auth_?|api_?)*(?:token|key)s?)\("
)
_ALL_HEADERS = "All of it is written out, tokens and sessions too, where many can read it who must not know them."
_PASSWORD = AnyCase(r"passw|pwd\b|passphrase|cvv\b|card_?number")
_ALL_SENT = "All that was sent is written out, the password too, where many can read it who must not know it."
_MOST = 30
_NAMES = frozenset({"identifier", "attribute", "member_expression", "subscript", "subscript_expression"})
_MESSAGE = "`{}` is written out in plain text, where many can read it who must not know it."


class SecretLogged(Check):
    """Finds secrets among what is logged."""

    summary = "A password or key written to a log"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-532", "CWE-312")
    owasp = ("A09:2025",)
    languages = PYTHON + JAVASCRIPT
    calls = _PRINTS | frozenset(f".{level}" for level in _LEVELS)

    VALID = (
        'logger.info("größe %s", len(password))\nprint(mask(password))\nlog.debug("password changed")\n',
        'print("token", token)\nlogger.debug("%s", password_field)\nlog.info("Password:")\n',
        'logger.warning("no password" if not password else "password given")\n',
        'parser.error("bad password option")\nmath.log(secret_count)\n',
        Valid(
            'console.log("größe", password.length, user.name);\nconsole.log(`reset for ${passwordHint}`);\n',
            "javascript",
        ),
        'logger.info("größe %s", request.headers.get("User-Agent"))\nlog.info(redact(request.headers))\n',
        "def größe(request):\n    logger.info('%s', request.POST)\n    return request.POST['name']\n",
        "def größe(request):\n    log.info('%s', request.POST['name'])\n    return check(request.POST['password'])\n",
        Valid("logger.info(redact(password));\nform.error(password);\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code='logger.info("Größe %s %s", user, password)\n',
            at="user, «password»",
            message=_MESSAGE.format("password"),
            fixed=('logger.info("Größe %s %s", user, "[redacted]")\n',),
        ),
        Invalid(
            code='print(f"Anmeldung: größer {user.password}")\n',
            at="user.password",
            message=_MESSAGE.format("user.password"),
            fixed=("print(f\"Anmeldung: größer {'[redacted]'}\")\n",),
        ),
        Invalid(
            code='logger.info("%s größe %s", request.path, dict(request.headers))\n',
            at="dict(request.headers)",
            message=_ALL_HEADERS,
        ),
        Invalid(
            code='def größe(user):\n    token = jwt.encode({"sub": user}, KEY)\n    print(f"made {token}")\n',
            at="{«token»}",
            message=_MESSAGE.format("token"),
            fixed=(
                'def größe(user):\n    token = jwt.encode({"sub": user}, KEY)\n    print(f"made {\'[redacted]\'}")\n',
            ),
        ),
        Invalid(
            code='logging.debug("key " + api_key)\n',
            at="api_key",
            message=_MESSAGE.format("api_key"),
            fixed=('logging.debug("key " + "[redacted]")\n',),
        ),
        Invalid(
            code="console.log(`Größe: ${req.body.password}`);\n",
            at="req.body.password",
            message=_MESSAGE.format("req.body.password"),
            fixed=("console.log(`Größe: ${'[redacted]'}`);\n",),
            language="javascript",
        ),
        Invalid(
            code="def größe(request):\n    fields = request.POST.dict()\n    logger.info('%r', fields)\n"
            "    return authenticate(request, password=fields['password'])\n",
            at="'%r', «fields»",
            message=_ALL_SENT,
        ),
        Invalid(
            code="app.post('/größe', (req, res) => {\n  console.log('login', req.body);\n"
            "  res.json(check(req.body.password));\n});\n",
            at="'login', «req.body»",
            message=_ALL_SENT,
            language="javascript",
        ),
        Invalid(
            code="log.info({ größe, path: ctx.path, headers: ctx.request.headers });\n",
            at="ctx.request.headers",
            message=_ALL_HEADERS,
            language="typescript",
        ),
        Invalid(
            code='logger.error("login failed", { user, clientSecret: clientSecret });\n',
            at="clientSecret: «clientSecret»",
            message=_MESSAGE.format("clientSecret"),
            fixed=('logger.error("login failed", { user, clientSecret: "[redacted]" });\n',),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        call = found["call"]
        name = code.callee(call)
        function, holder = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        if function is None or holder is None:
            return
        printed = name in _PRINTS
        if not printed and not _LOGGER.search(code.text(function.child_by_field_name("object"))):
            return
        yield from _all_sent(code, call, holder)
        if not printed or not is_python(code):
            yield from _all_headers(code, call, holder)
        if not _may_hold(code.text(holder)):
            return
        for value in islice(_values(code, holder), 20):
            text = code.text(value)
            last = re.split(r"[.\[]", text)[-1].strip("\"'`]")
            secret = _is_secret(last.lower() if text.startswith(("process.env", "os.environ")) else last)
            if not secret and not _is_minted(code, value):
                continue
            weak = printed and is_python(code) and not name.startswith("console")
            confidence: Level | None = "low" if in_test(code, call) or (weak and _in_main(code)) else None
            yield Problem(value, _MESSAGE.format(short(text)), fixes=(_fix(code, value),), confidence=confidence)


def _all_sent(code: Code, call: Node, holder: Node) -> Iterator[Problem]:
    """Everything that a form sent, in a function that speaks of a password."""
    around = function_of(call)
    text = code.text(around)
    if "req" not in text or _PASSWORD.search(text) is None or around is None:
        return
    for value in islice(_values(code, holder), 20):
        if _WHOLE.fullmatch(code.text(followed(code, value))):
            yield Problem(value, _ALL_SENT, confidence="low" if in_test(code, call) else None)


def _all_headers(code: Code, call: Node, holder: Node) -> Iterator[Problem]:
    """All headers of a request, or the whole environment."""
    text = code.text(holder)
    if "headers" in text or "META" in text or "env" in text or "ookies" in text:
        stack = list(holder.named_children)
        for _ in range(_MOST):
            if not stack:
                return
            node = stack.pop(0)
            if node.type in _NAMES | {"call", "call_expression"}:
                if _HEADERS.fullmatch(code.text(node)):
                    yield Problem(node, _ALL_HEADERS, confidence="low" if in_test(code, call) else None)
            else:
                stack += node.named_children


def _is_minted(code: Code, value: Node) -> bool:
    """Whether a plain name as `token` holds what was made to be secret a moment before."""
    if value.type != "identifier" or "token" not in code.text(value).lower():
        return False
    made = followed(code, value)
    return made is not value and _MINTED.search(code.text(made)) is not None


def _may_hold(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in ("passw", "pwd", "passphrase", "key", "token", "secret", "cvv", "ssn", "card"))


def _values(code: Code, holder: Node) -> Iterator[Node]:
    """The names whose values go into the text; what calls and conditions make of them is left out."""
    stack = [child for child in holder.named_children if child.type != "comment"]
    while stack:
        node = stack.pop(0)
        if node.type in _NAMES:
            yield node
        elif node.type in {"call", "call_expression"}:
            if _WHOLE.fullmatch(code.text(node)):
                yield node
            elif code.method(node) in {"format", "str", "stringify", "repr", "String"} and not _CHANGED.search(
                code.callee(node)
            ):
                inner = node.child_by_field_name("arguments")
                stack += inner.named_children if inner is not None else []
        elif node.type in {"pair", "keyword_argument"}:
            value = node.child_by_field_name("value")
            stack += [value] if value is not None and code.text(node.child_by_field_name("name")) != "extra" else []
        elif node.type not in {
            "conditional_expression",
            "ternary_expression",
            "comparison_operator",
            "not_operator",
            "lambda",
        } and (
            node.type not in {"string", "template_string"}
            or any("sub" in c.type or "inter" in c.type for c in node.named_children)
        ):
            stack += [c for c in node.named_children if c.type not in {"format_specifier", "type_conversion"}]


def _is_secret(name: str) -> bool:
    words = words_of(name)
    if _CHANGED.search(name) or not words or name.isupper():
        return False
    return (words[-1] in _SURE or _KEYS.search(name) is not None) and is_secret_setting(name) | (
        words[-1] in {"cvv", "ssn", "number", "card"}
    )


def _in_main(code: Code) -> bool:
    return "__main__" in code.source or "argparse" in code.import_lines


def _fix(code: Code, value: Node) -> Fix:
    around = value.parent
    inside = around is not None and around.type in {"interpolation", "template_substitution"}
    new = "'[redacted]'" if inside else '"[redacted]"'
    return Fix("Write no secret", "review", (code.replace(value, new),))
