"""A JSON Web Token that is read without checking its signature.

The content of a token is written by whoever sends it; only the signature says that it was issued here. A decoder told
not to verify, or to accept the algorithm ``none``, believes anything.

Left alone: reading a header to find the key, and reading a claim of a token that the same code goes on to verify (low
confidence there). In JavaScript ``jsonwebtoken``'s ``decode`` never verifies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.values import followed, function_of, is_nothing, is_true
from leery_analyzers.fixes.arguments import append_argument, remove_item
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code
    from leery_analyzers.model import Applicability, Level

_UNSIGNED = frozenset({"jwt.encode", "jose.jwt.encode", "jsonwebtoken.sign"})
_READERS = frozenset({"jose.jwt.get_unverified_claims", "jwt.get_unverified_claims", "jose.decodeJwt"})
_DECODERS = frozenset({"jwt.decode", "jwt.api_jwt.decode", "jose.jwt.decode", "jwt.decode_complete"})
_OFF = frozenset({"verify_signature", "verify"})
_SCRIPT = frozenset({"jsonwebtoken.decode", "jsonwebtoken.verify", "jwt-simple.decode", "hono/jwt.decode"})
_HELD = lazy_regex(
    r"(?i)^(?:this|app|server|fastify|instance|req|request)\.(?:\w+\.)?_?jwt(?:Service)?\.decode$|^jwtService\.decode$"
)
_MIDDLEWARE = frozenset({"express-jwt", "express-jwt.expressjwt", "expressjwt", "koa-jwt", "expressJwt"})
_PLAIN_READERS = frozenset({"jwt-decode", "jwt-decode.jwtDecode", "jwt-decode.default", "jwt_decode", "jwtDecode"})
_SERVED = lazy_regex(r"\breq(uest)?\b|\bctx\b|cookies|headers|\bsocket\b|handshake")
_TAKEN_APART = lazy_regex(r"\.split\([\"'`]\.[\"'`]\)(?:\[1\]|\s*;)|\w+\[1\]")
_MIDDLE = lazy_regex(r"\[\s*\w*\s*,\s*(\w+)[^\]]*\]\s*=\s*[\w.()?! ]*\.split\([\"'`]\.[\"'`]\)")
_SECOND = lazy_regex(r"(\w+)\s*=\s*[\w.()?! ]*\.split\([\"'`]\.[\"'`]\)\[1\]")
_VERIFIED = lazy_regex(
    r"(?i)\w*verif\w*\(|createHmac|timingSafeEqual|createVerify|subtle\.|expired|\bexp\b|signature\w* ?[!=]=="
)
_PUBLIC = lazy_regex(r"(?i)public_?key|pub_?key|\.pem\b|\.pub\b|\bcert\b|certificate|jwks|BEGIN PUBLIC")
_ANY_ALGORITHM = (
    "No algorithms are named, so a token signed with the public key as if it were a shared secret may be believed."
)
_UNVERIFIED = "The token's signature is not checked here, so anyone can write a token that is believed."
_CHOSEN = "The token says itself by which algorithm it is checked, so a key can be used in a way it was not made for."
_OWN_ALGORITHM = lazy_regex(r"\[\s*[\"']alg[\"']\s*\]|\.get\(\s*[\"']alg")
_NONE = "The algorithm `none` accepts tokens without a signature, so anyone can write one that is believed."


_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function_declaration", "method_definition"})
_STRAIGHT = frozenset({"expression_statement", "lexical_declaration", "variable_declaration", "return_statement"})


class JwtVerificationOff(Check):
    """Finds tokens that are read unverified."""

    summary = "A JSON Web Token that is read without checking its signature"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-347",)
    owasp = ("A07:2025", "A04:2025")
    languages = PYTHON + JAVASCRIPT
    calls = _DECODERS | _SCRIPT | _UNSIGNED | _READERS | _PLAIN_READERS | _MIDDLEWARE | {"JSON.parse", ".decode"}

    VALID = (
        'import jwt\n\nclaims = jwt.decode(token, schlüssel, algorithms=["HS256"])\n',
        'import jwt\n\njwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": False})\n',
        "base64.decode(token, verify=False)\n",
        (
            'import jwt\n\ngröße = jwt.decode(token, options={"verify_signature": False})\n'
            'claims = jwt.decode(token, key_of(größe), algorithms=["RS256"])\n'
        ),
        Valid('import jwt from "jsonwebtoken";\n\nconst claims = jwt.verify(token, key);\n', "javascript"),
        Valid(
            'import jwt from "jsonwebtoken";\n\nconst { header } = jwt.decode(token, { complete: true });\n',
            "typescript",
        ),
        Valid(
            'import jwt from "jsonwebtoken";\n\njwt.verify(token, publicKey, { algorithms: ["RS256"] });\n'
            "jwt.verify(token, publicKey, options);\n",
            "javascript",
        ),
        Valid('import { jwtDecode } from "jwt-decode";\n\nshow(jwtDecode(localStorage.token).größe);\n', "javascript"),
        Valid(
            'import { decodeJwt, jwtVerify } from "jose";\n\nasync function größe(token) {\n'
            '  if (decodeJwt(token).iss !== "app") throw new Error();\n'
            "  const { payload } = await jwtVerify(token, key);\n  return payload;\n}\n",
            "typescript",
        ),
        Valid(
            'import jwt from "jsonwebtoken";\n\nfunction größe(token) {\n  const { kid } = jwt.decode(token);\n'
            '  return jwt.verify(token, keys.get(kid), { algorithms: ["RS256"] });\n}\n',
            "javascript",
        ),
        Valid('import { decode } from "html-entities";\n\ndecode(text);\n', "javascript"),
    )
    INVALID = (
        Invalid(
            code='import jwt\n\n# größte Vorsicht\nclaims = jwt.decode(token, key, algorithms=["HS256"], '
            'options={"verify_signature": False})\n',
            at='"verify_signature": False',
            message=_UNVERIFIED,
            fixed=(
                (
                    'import jwt\n\n# größte Vorsicht\nclaims = jwt.decode(token, key, algorithms=["HS256"], '
                    'options={"verify_signature": True})\n'
                ),
            ),
        ),
        Invalid(
            code="from jwt import decode\n\nclaims = decode(token, key, verify=False)\n",
            at="verify=False",
            message=_UNVERIFIED,
            fixed=('from jwt import decode\n\nclaims = decode(token, key, algorithms=["HS256"])\n',),
        ),
        Invalid(
            code='from jose import jwt\n\nclaims = jwt.decode(token, key, algorithms=["HS256", "none"])\n',
            at='"none"',
            message=_NONE,
            fixed=('from jose import jwt\n\nclaims = jwt.decode(token, key, algorithms=["HS256"])\n',),
        ),
        Invalid(
            code="import jwt\n\n\ndef claims(token):\n"
            '    options = {"verify_signature": False}\n    return jwt.decode(token, options=options)\n',
            at='"verify_signature": False',
            message=_UNVERIFIED,
            fixed=(
                (
                    "import jwt\n\n\ndef claims(token):\n"
                    '    options = {"verify_signature": True}\n    return jwt.decode(token, options=options)\n'
                ),
            ),
        ),
        Invalid(
            code='import jwt from "jsonwebtoken";\n\nconst größe = jwt.decode(token).größe;\n',
            at="jwt.decode(token)",
            message="`decode` does not check the token's signature, so anyone can write a token that is believed.",
            fixed=(
                'import jwt from "jsonwebtoken";\n\nconst größe = jwt.verify(token, process.env.JWT_SECRET).größe;\n',
            ),
            language="javascript",
        ),
        Invalid(
            code='import { JwtService } from "@nestjs/jwt";\n\nclass Guard {\n  größe(token) {\n'
            "    return this.jwt.decode(token);\n  }\n}\n",
            at="this.jwt.decode(token)",
            message="`decode` does not check the token's signature, so anyone can write a token that is believed.",
            language="typescript",
        ),
        Invalid(
            code="import jwt\n\n\ndef größe(token, own_key):\n    return jwt.decode(token, own_key)['sub']\n",
            at="decode(token, «own_key»)",
            message=_CHOSEN,
            fixed=(
                (
                    "import jwt\n\n\ndef größe(token, own_key):\n    return jwt.decode(token, own_key, "
                    "algorithms=[\"HS256\"])['sub']\n"
                ),
            ),
        ),
        Invalid(
            code="import jwt\n\n\ndef größe(token, key):\n    kind = jwt.get_unverified_header(token)['alg']\n"
            "    return jwt.decode(token, key, algorithms=[jwt.get_unverified_header(token)['alg']])\n",
            at="[jwt.get_unverified_header(token)['alg']]",
            message=_CHOSEN,
        ),
        Invalid(
            code='import jwt\n\ntoken = jwt.encode(größe, None, algorithm="none")\n',
            at='"none"',
            message=_NONE,
            fixed=('import jwt\n\ntoken = jwt.encode(größe, None, algorithm="HS256")\n',),
        ),
        Invalid(
            code='import { decodeJwt } from "jose";\n\nconst user = decodeJwt(token).sub;\n',
            at="decodeJwt(token)",
            message=_UNVERIFIED,
            language="typescript",
        ),
        Invalid(
            code='import { decodeJwt, jwtVerify } from "jose";\n\nasync function größe(token) {\n'
            "  if (strict) {\n    await jwtVerify(token, key);\n  }\n  return decodeJwt(token);\n}\n",
            at="decodeJwt(token)",
            message=_UNVERIFIED,
            language="typescript",
        ),
        Invalid(
            code='const jwt = require("jsonwebtoken");\n\njwt.verify(größe, publicKey);\n',
            at="jwt.verify(größe, publicKey)",
            message=_ANY_ALGORITHM,
            language="javascript",
        ),
        Invalid(
            code='import { jwtDecode } from "jwt-decode";\n\nconst user = jwtDecode(req.cookies.größe).sub;\n',
            at="jwtDecode(req.cookies.größe)",
            message=_UNVERIFIED,
            language="typescript",
        ),
        Invalid(
            code="function user(req) {\n  const token = req.cookies.größe;\n"
            '  return JSON.parse(Buffer.from(token.split(".")[1], "base64").toString());\n}\n',
            at='JSON.parse(Buffer.from(token.split(".")[1], "base64").toString())',
            message=_UNVERIFIED,
            language="javascript",
        ),
        Invalid(
            code='const jwt = require("jwt-simple");\n\njwt.decode(größe, key, true);\n',
            at="true",
            message=_UNVERIFIED,
            fixed=('const jwt = require("jwt-simple");\n\njwt.decode(größe, key, false);\n',),
            language="javascript",
        ),
        Invalid(
            code='const jwt = require("jsonwebtoken");\n\njwt.verify(token, key, { algorithms: ["none"] });\n',
            at='"none"',
            message=_NONE,
            fixed=('const jwt = require("jsonwebtoken");\n\njwt.verify(token, key, { algorithms: ["HS256"] });\n',),
            language="javascript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        if name in _UNSIGNED:
            yield from self._signed(code, code.arguments(call))
        elif name in _READERS:
            if code.unit.language != "python" and _verified_after(code, call):
                return
            confidence: Level = "low" if re.search(r"\b(verify|jwtVerify|decode)\s*\(", code.source) else "medium"
            yield Problem(call, _UNVERIFIED, confidence=confidence)
        elif code.unit.language != "python":
            yield from self._script(code, call, name)
        elif name in _DECODERS:
            yield from self._python(code, call, code.arguments(call))

    def _script(self, code: Code, call: Node, name: str) -> Iterator[Problem]:
        """JavaScript's libraries."""
        arguments = code.arguments(call)
        if name in {"jsonwebtoken.decode", "hono/jwt.decode"} or _HELD.search(
            code.text(call.child_by_field_name("function"))
        ):
            yield from self._script_decode(code, call)
        elif name == "jsonwebtoken.verify":
            if (options := arguments.get(2)) is not None:
                yield from self._none(code, _pair_value(code, _literal(code, options), "algorithms"))
            yield from self._keyless(code, arguments.get(1))
            yield from self._open(code, call)
        elif name == "jwt-simple.decode":
            yield from self._simple(code, arguments)
        elif name in _PLAIN_READERS:
            yield from _read_on_server(code, call)
        elif name in _MIDDLEWARE:
            yield from self._none(code, _pair_value(code, _literal(code, arguments.get(0)), "algorithms"))
        elif name == "JSON.parse":
            yield from _taken_apart(code, call)

    def _signed(self, code: Code, arguments: Arguments) -> Iterator[Problem]:
        """A token made without a signature."""
        options = arguments.get(2, "algorithm")
        if options is not None and options.type == "object":
            options = _pair_value(code, options, "algorithm")
        if options is not None and "string" in options.type and code.text(options).strip("\"'`").lower() == "none":
            quote = code.text(options)[0]
            fix = Fix("Sign the token", "review", (code.replace(options, f"{quote}HS256{quote}"),))
            yield Problem(options, _NONE, fixes=(fix,))

    def _keyless(self, code: Code, key: Node | None) -> Iterator[Problem]:
        """A token verified with a key that is empty."""
        if key is not None and code.text(key) in {"null", "undefined", "false", '""', "''"}:
            fix = Fix("Check the signature", "review", (code.replace(key, "process.env.JWT_SECRET"),))
            yield Problem(key, _UNVERIFIED, fixes=(fix,))

    def _open(self, code: Code, call: Node) -> Iterator[Problem]:
        """A public key with any algorithm: it can be taken for the key of a symmetric one."""
        arguments = code.arguments(call)
        key, given = arguments.get(1), arguments.get(2)
        options = _literal(code, given)
        if key is None or arguments.spread or (given is not None and (options is None or options.type != "object")):
            return
        told = options is not None and re.search(r"algorithms|\.\.\.", code.text(options)) is not None
        if not told and _PUBLIC.search(f"{code.text(key)} {code.text(followed(code, key))}"):
            yield Problem(call, _ANY_ALGORITHM, severity="medium", confidence="medium")

    def _simple(self, code: Code, arguments: Arguments) -> Iterator[Problem]:
        """``decode`` of jwt-simple, whose third argument switches the check off."""
        off = arguments.get(2)
        if off is not None and is_true(code, off):
            yield Problem(
                off, _UNVERIFIED, fixes=(Fix("Check the signature", "review", (code.replace(off, "false"),)),)
            )

    def _python(self, code: Code, call: Node, arguments: Arguments) -> Iterator[Problem]:
        confidence: Level | None = "low" if _verified_elsewhere(code) else None
        if confidence and _verified_beside(code, call):
            return
        algorithms = arguments.get(2, "algorithms")
        yield from self._none(code, algorithms)
        yield from _chosen_by_token(code, arguments, algorithms)
        verify = arguments.nodes.get("verify")
        if verify is not None and code.text(arguments.named["verify"]) == "False":
            yield Problem(verify, _UNVERIFIED, fixes=_python_fix(code, arguments), confidence=confidence)
        options = arguments.named.get("options")
        pair = _off_pair(code, _literal(code, options)) if options is not None else None
        value = pair.child_by_field_name("value") if pair is not None else None
        if pair is not None and value is not None:
            complete = "algorithms" in arguments.named or len(arguments.positional) > 2
            grade: Applicability = "safe" if complete else "review"
            fix = Fix("Check the signature", grade, (code.replace(value, "True"),))
            yield Problem(pair, _UNVERIFIED, fixes=(fix,), confidence=confidence)

    def _script_decode(self, code: Code, call: Node) -> Iterator[Problem]:
        arguments = code.arguments(call)
        options = arguments.get(1)
        if (options is not None and "complete" in code.text(options)) or _verified_after(code, call):
            return
        function = call.child_by_field_name("function")
        fixes = []
        if (
            function is not None
            and function.type == "member_expression"
            and len(arguments.positional) == 1
            and not _HELD.search(code.text(function))
        ):
            method = function.child_by_field_name("property")
            added = append_argument(code, call, "process.env.JWT_SECRET")
            if method is not None and added is not None:
                fixes.append(Fix("Check the signature", "review", (code.replace(method, "verify"), added)))
        message = "`decode` does not check the token's signature, so anyone can write a token that is believed."
        confidence: Level = "low" if re.search(r"\bverify\s*\(", code.source) else "medium"
        yield Problem(call, message, fixes=tuple(fixes), confidence=confidence)

    def _none(self, code: Code, algorithms: Node | None) -> Iterator[Problem]:
        """The algorithm ``none`` in a list of algorithms."""
        literal = _literal(code, algorithms) if algorithms is not None else None
        items = literal.named_children if literal is not None else []
        strings = [item for item in items if item.type == "string"]
        for item in strings:
            if code.text(item).strip("\"'`").lower() != "none":
                continue
            quote = code.text(item)[0]
            edit = remove_item(code, item) if len(strings) > 1 else code.replace(item, f"{quote}HS256{quote}")
            yield Problem(item, _NONE, fixes=(Fix("Accept signed tokens only", "review", (edit,)),))


def _read_on_server(code: Code, call: Node) -> Iterator[Problem]:
    """A reader that knows no keys, where requests are answered: pages may show what their own token says."""
    function = function_of(call)
    around = code.text(function) if function is not None else code.source
    if (
        _SERVED.search(around)
        and not re.search(r"\b(jwtVerify|verify\w*)\s*\(", code.source)
        and "window" not in around
    ):
        yield Problem(call, _UNVERIFIED, confidence="medium")


def _taken_apart(code: Code, call: Node) -> Iterator[Problem]:
    """The middle of a token, unpacked by hand."""
    text = code.text(call)
    function = function_of(call)
    around = code.text(function) if function is not None else code.source
    if not re.search(r"base64|atob\(", text) or ".split(" not in around:
        return
    middle = _MIDDLE.search(around) or _SECOND.search(around)
    apart = _TAKEN_APART.search(text) or (middle is not None and re.search(rf"\b{middle.group(1)}\b", text))
    told = re.search(r"(?i)jwt|token|bearer|authorization", code.source) is not None
    if apart and told and not _VERIFIED.search(code.source) and _SERVED.search(around):
        yield Problem(call, _UNVERIFIED, confidence="medium")


def _chosen_by_token(code: Code, arguments: Arguments, algorithms: Node | None) -> Iterator[Problem]:
    """A token that may say itself by which algorithm it is checked."""
    if algorithms is not None and not is_nothing(algorithms):
        text = code.text(followed(code, algorithms))
        if _OWN_ALGORITHM.search(text) and "unverified_header" in code.source:
            yield Problem(algorithms, _CHOSEN, confidence="medium")
        return
    key = arguments.get(1, "key")
    if re.search(r"\bauthlib\b", code.import_lines) or "claims_options" in arguments.named:
        return  # the list of algorithms belongs to the reader
    if key is None or arguments.spread or "verify" in arguments.named or "options" in arguments.named:
        return
    fix = Fix("Accept one algorithm", "review", (code.insert(key.end_byte, ', algorithms=["HS256"]'),))
    place = algorithms if algorithms is not None else key
    yield Problem(place, _CHOSEN, fixes=(fix,) if algorithms is None else (), confidence="medium")


def _python_fix(code: Code, arguments: Arguments) -> tuple[Fix, ...]:
    verify = arguments.nodes["verify"]
    if "algorithms" in arguments.named or len(arguments.positional) > 2:
        return (Fix("Check the signature", "safe", (remove_item(code, verify),)),)
    if len(arguments.positional) < 2 and "key" not in arguments.named:
        return (Fix("Check the signature", "manual", (remove_item(code, verify),)),)
    return (Fix("Check the signature", "review", (code.replace(verify, 'algorithms=["HS256"]'),)),)


def _literal(code: Code, node: Node | None) -> Node | None:
    """An expression, or the value of the local variable that it names."""
    if node is None:
        return None
    node = code.bare(node)
    if node.type in code.identifiers:
        bindings = code.scopes.lookup(code.text(node), node.start_byte)
        return bindings[0].value if len(bindings) == 1 and bindings[0].kind == "value" else None
    return node


def _off_pair(code: Code, options: Node | None) -> Node | None:
    """The entry of an options dictionary that turns verification off."""
    for pair in options.named_children if options is not None else ():
        key = code.text(pair.child_by_field_name("key")).strip("\"'")
        if key in _OFF and code.text(pair.child_by_field_name("value")) == "False":
            return pair
    return None


def _pair_value(code: Code, table: Node | None, name: str) -> Node | None:
    for pair in table.named_children if table is not None else ():
        if code.text(pair.child_by_field_name("key")).strip("\"'") == name:
            return pair.child_by_field_name("value")
    return None


def _verified_after(code: Code, call: Node) -> bool:
    """Whether a later statement on the same path verifies the same token, so that nobody goes on with a false one."""
    first = code.arguments(call).get(0)
    token = code.text(first) if first is not None else ""
    if re.fullmatch(r"[\w.]+", token) is None:
        return False
    verifies = re.compile(rf"\b(?:jwtVerify|verify\w*|jwtDecrypt)\s*\(\s*{re.escape(token)}\s*,")
    here: Node | None = call
    while here is not None and here.type not in _FUNCTIONS:
        block = here.parent
        if block is not None and block.type in {"statement_block", "program"}:
            after = here.next_named_sibling
            while after is not None:
                if after.type in _STRAIGHT and verifies.search(code.text(after)):
                    return True
                after = after.next_named_sibling
        here = block
    return False


def _verified_beside(code: Code, call: Node) -> bool:
    """Whether the statement after that of a call verifies the same token: nothing was done with what it says."""
    first = code.arguments(call).get(0)
    statement: Node | None = call
    while statement is not None and statement.type != "expression_statement":
        statement = statement.parent
    after = statement.next_named_sibling if statement is not None else None
    if first is None or after is None or "False" not in code.text(call):
        return False
    for found in re.finditer(r"\bdecode\(((?:[^()]|\([^()]{0,200}\)){0,400})\)", code.text(after)):
        if found[1].strip().startswith(f"{code.text(first)},") and "algorithms" in found[1] and "False" not in found[1]:
            return True
    return False


def _verified_elsewhere(code: Code) -> bool:
    """Whether another call of the unit names the algorithms it accepts and does not turn anything off."""
    calls = re.findall(r"\bdecode\(((?:[^()]|\([^()]{0,200}\)){0,400})\)", code.source)
    return any("algorithms" in call and "False" not in call and "none" not in call.lower() for call in calls)
