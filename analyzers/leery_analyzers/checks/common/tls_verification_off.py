"""A connection that does not check whom it talks to.

Without checking the certificate, an encrypted connection can be read and changed by anyone on the way. A certificate
of one's own is no reason: its authority can be given instead (``verify="/path/ca.pem"``, ``ca: fs.readFileSync(…)``).

Left alone: connections to this machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.settings import replaced_later
from leery_analyzers.fixes.arguments import remove_item, whole_lines
from leery_analyzers.model import Fix
from leery_analyzers.text import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_PYTHON_QUERY = """
(keyword_argument name: (identifier) @key value: (false) @value
  (#any-of? @key "verify" "verify_ssl" "ssl_verify" "verify_certs" "validate_certs" "ssl" "check_hostname")) @argument
(assignment left: (attribute attribute: (identifier) @attribute) right: (false) @value
  (#any-of? @attribute "verify" "check_hostname" "verify_ssl")) @assignment
(keyword_argument name: (identifier) @key value: (boolean_operator right: (false) @value)
  (#any-of? @key "verify" "verify_ssl" "ssl_verify" "verify_certs" "validate_certs" "check_hostname")) @argument
(assignment left: (attribute attribute: (identifier) @attribute) right: (boolean_operator "or" right: (false) @value)
  (#any-of? @attribute "verify" "check_hostname" "verify_ssl")) @assignment
((identifier) @name (#any-of? @name "CERT_NONE" "_create_unverified_context" "OPT_X_TLS_NEVER" "OPT_X_TLS_ALLOW"))
(call function: (attribute attribute: (identifier) @key) arguments: (argument_list . (true) @invalid .)
  (#any-of? @key "tls_insecure_set")) @lax
(keyword_argument name: (identifier) @key value: (true) @invalid
  (#any-of? @key "tlsAllowInvalidCertificates" "tlsInsecure" "tls_allow_invalid_certificates")) @lax
(keyword_argument name: (identifier) @key value: (string) @invalid
  (#any-of? @key "cert_reqs" "ssl_cert_reqs") (#match? @invalid "CERT_NONE|^.none.$")) @lax
"""
_SCRIPT_QUERY = """
(pair key: (_) @key value: (false) @value
  (#any-of? @key "rejectUnauthorized" "strictSSL" "verifySsl" "\"rejectUnauthorized\"" "'rejectUnauthorized'")) @pair
(pair key: (_) @key value: [(arrow_function) (function_expression)] @accepting
  (#eq? @key "checkServerIdentity")) @identity
(pair key: (_) @key value: (true) @invalid (#match? @key "^tls(AllowInvalid|Insecure)")) @lax
(assignment_expression left: (_) @left right: (_) @right) @set
"""
_HTTP = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "request", "send", "stream", "Session", "Client"}
    | {"AsyncClient", "ClientSession", "TCPConnector", "ws_connect", "HTTPTransport", "AsyncHTTPTransport"}
)
_NOT_TLS = ("jwt", "jose", "subprocess")
_NOT_A_USE = frozenset({"comparison_operator", "import_from_statement", "dotted_name"})
_LOCAL = re.compile(r"[\"'`](http://|https://(localhost|127\.|\[::1\]))")
_SCRIPT_KEYS = frozenset({"rejectUnauthorized", "strictSSL", "verifySsl"})
_ACCEPTS = re.compile(
    r"=>\s*(undefined|null|true|\{\s*(return\s*(undefined|null|true)?;?\s*)?\})\s*$|\)\s*\{\s*(return[^;]{0,12};?)?\s*\}$"
)
_MESSAGE = "The server's certificate is not checked, so anyone on the way can read and change what is sent."


class TlsVerificationOff(Check):
    """Finds certificates that are not checked."""

    summary = "A connection that does not check the server's certificate"
    severity: ClassVar[Level] = "high"
    cwe = ("CWE-295",)
    owasp = ("A04:2025", "A02:2025")
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = {"python": _PYTHON_QUERY, **dict.fromkeys(JAVASCRIPT, _SCRIPT_QUERY)}

    VALID = (
        'import requests\n\nrequests.get(url, verify="/etc/größe.pem")\nrequests.get(url, verify=True)\n',
        'import requests\n\nrequests.get("https://localhost:8443/health", verify=False)\n',
        "form.validate(verify=False)\n",
        "import ssl\n\nif context.verify_mode == ssl.CERT_NONE:\n    raise ValueError\n",
        "größe.tls_insecure_set(False)\nldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)\n",
        Valid("https.request({ host, rejectUnauthorized: true });\n", "javascript"),
        Valid(
            "const größe = { ssl: { rejectUnauthorized: false } };\ngröße.ssl = { rejectUnauthorized: true, ca };\n"
            "const pool = new Pool(größe);\n",
            "typescript",
        ),
        Valid(
            "const options = { host, rejectUnauthorized: false };\noptions.rejectUnauthorized = größe;\n"
            "https.get(options);\n",
            "javascript",
        ),
        Valid('https.get({ host: "localhost", ca, checkServerIdentity: verify });\n', "typescript"),
    )
    INVALID = (
        Invalid(
            code="import ldap\n\nldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)  # größe\n",
            at="ldap.OPT_X_TLS_NEVER",
            message=_MESSAGE,
            fixed=("import ldap\n\nldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)  # größe\n",),
        ),
        Invalid(
            code="größe = mqtt.Client()\ngröße.tls_insecure_set(True)\n",
            at="größe.tls_insecure_set(True)",
            message=_MESSAGE,
            fixed=("größe = mqtt.Client()\ngröße.tls_insecure_set(False)\n",),
        ),
        Invalid(
            code="import requests as größe\n\ngröße.get(url, verify=False, timeout=5)  # später\n",
            at="verify=False",
            message=_MESSAGE,
            fixed=("import requests as größe\n\ngröße.get(url, timeout=5)  # später\n",),
        ),
        Invalid(
            code="import httpx\n\nclient = httpx.AsyncClient(\n    timeout=5,\n    verify=False,\n)\n",
            at="verify=False",
            message=_MESSAGE,
            fixed=("import httpx\n\nclient = httpx.AsyncClient(\n    timeout=5,\n)\n",),
        ),
        Invalid(
            code="import requests\n\nsession = requests.Session()\nsession.verify = False\n",
            at="session.verify = False",
            message=_MESSAGE,
            fixed=("import requests\n\nsession = requests.Session()\nsession.verify = True\n",),
        ),
        Invalid(
            code="import ssl\n\ncontext = ssl._create_unverified_context()\n",
            at="ssl._create_unverified_context",
            message=_MESSAGE,
            fixed=("import ssl\n\ncontext = ssl.create_default_context()\n",),
        ),
        Invalid(
            code="import requests\n\nsession = requests.Session()\nsession.verify = größe or False\n",
            at="session.verify = größe or False",
            message=_MESSAGE,
            fixed=("import requests\n\nsession = requests.Session()\nsession.verify = größe or True\n",),
        ),
        Invalid(
            code="import httpx\n\nhttpx.get(url, verify=bundle or False, timeout=5)\n",
            at="verify=bundle or False",
            message=_MESSAGE,
            fixed=("import httpx\n\nhttpx.get(url, verify=bundle or True, timeout=5)\n",),
        ),
        Invalid(
            code="import ssl\n\ncontext.verify_mode = ssl.CERT_NONE\n",
            at="ssl.CERT_NONE",
            message=_MESSAGE,
            fixed=("import ssl\n\ncontext.verify_mode = ssl.CERT_REQUIRED\n",),
        ),
        Invalid(
            code="const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false }); // größe\n",
            at="rejectUnauthorized: false",
            message=_MESSAGE,
            fixed=("const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: true }); // größe\n",),
            language="javascript",
        ),
        Invalid(
            code="const größe = { ssl: { rejectUnauthorized: false } };\nif (ca) {\n  größe.ssl = { ca };\n}\n"
            "const pool = new Pool(größe);\n",
            at="rejectUnauthorized: false",
            message=_MESSAGE,
            fixed=(
                (
                    "const größe = { ssl: { rejectUnauthorized: true } };\nif (ca) {\n  größe.ssl = { ca };\n}\n"
                    "const pool = new Pool(größe);\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code="const o = { ssl: { rejectUnauthorized: false } };\ngröße = connect(o);\n"
            "o.ssl = { rejectUnauthorized: true };\n",
            at="rejectUnauthorized: false",
            message=_MESSAGE,
            fixed=(
                (
                    "const o = { ssl: { rejectUnauthorized: true } };\ngröße = connect(o);\n"
                    "o.ssl = { rejectUnauthorized: true };\n"
                ),
            ),
            language="javascript",
        ),
        Invalid(
            code="tls.connect({ port: größe, checkServerIdentity: () => undefined });\n",
            at="checkServerIdentity: () => undefined",
            message=_MESSAGE,
            fixed=("tls.connect({ port: größe });\n",),
            language="javascript",
        ),
        Invalid(
            code="client = MongoClient(url, tls=True, tlsAllowInvalidCertificates=True)\n",
            at="tlsAllowInvalidCertificates=True",
            message=_MESSAGE,
            fixed=("client = MongoClient(url, tls=True, tlsAllowInvalidCertificates=False)\n",),
        ),
        Invalid(
            code='pool = urllib3.PoolManager(cert_reqs="CERT_NONE")\n',
            at='cert_reqs="CERT_NONE"',
            message=_MESSAGE,
            fixed=('pool = urllib3.PoolManager(cert_reqs="required")\n',),
        ),
        Invalid(
            code='process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\nstart();\n',
            at='process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"',
            message="No certificate is checked by this whole program, so anyone on the way can read and change what "
            "it sends.",
            fixed=("start();\n",),
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        if (argument := found.get("argument")) is not None:
            yield from self._argument(code, argument, code.text(found["key"]), found["value"])
        elif (assignment := found.get("assignment")) is not None:
            own = code.text(assignment).startswith(("self.verify", "self.check_hostname"))
            fix = _on(code, found["value"], "True")
            yield Problem(assignment, _MESSAGE, fixes=(fix,), confidence="low" if own else None)
        elif (name := found.get("name")) is not None:
            yield from self._name(code, name)
        elif (lax := found.get("lax")) is not None:
            new = "False" if code.unit.language == "python" else "false"
            fix = _on(code, found["invalid"], '"required"' if found["invalid"].type == "string" else new)
            yield Problem(lax, _MESSAGE, fixes=(fix,))
        elif (identity := found.get("identity")) is not None:
            if _ACCEPTS.search(code.text(found["accepting"])):
                yield Problem(identity, _MESSAGE, fixes=(_without(code, identity),))
        elif (pair := found.get("pair")) is not None:
            known = code.text(found["key"]).strip("\"'") in _SCRIPT_KEYS
            if known and not _is_local(code, pair) and not replaced_later(code, pair):
                yield Problem(pair, _MESSAGE, fixes=(_on(code, found["value"], "true"),))
        else:
            yield from self._environment(code, found["set"], found["left"], found["right"])

    def _argument(self, code: Code, argument: Node, key: str, value: Node) -> Iterator[Problem]:
        call = argument.parent.parent if argument.parent is not None else None
        if call is None or call.type != "call" or _is_local(code, argument):
            return
        name, method = code.callee(call), code.method(call)
        module = name.partition(".")[0]
        if module in _NOT_TLS or (key in {"verify", "ssl"} and method not in _HTTP):
            return
        if key == "ssl" and "aiohttp" not in code.source and "aiohttp" not in "".join(code.unit.imports):
            return
        whole = key != "check_hostname" and value.parent == argument
        edit = remove_item(code, argument) if whole else code.replace(value, "True")
        yield Problem(argument, _MESSAGE, fixes=(Fix("Check the certificate", "review", (edit,)),))

    def _name(self, code: Code, name: Node) -> Iterator[Problem]:
        whole = name
        if name.parent is not None and name.parent.type == "attribute":
            whole = name.parent
        around = whole.parent
        if around is None or around.type in _NOT_A_USE or (around.parent and around.parent.type in _NOT_A_USE):
            return
        if around.type == "pair" and around.child_by_field_name("key") == whole:
            return
        if around.type == "attribute" or code.name(whole).rpartition(".")[0] not in {"ssl", "ldap", ""}:
            return
        instead = {"CERT_NONE": "CERT_REQUIRED", "_create_unverified_context": "create_default_context"}
        new = instead.get(code.text(name), "OPT_X_TLS_DEMAND")
        fixes = () if whole is name else (Fix("Check the certificate", "review", (code.replace(name, new),)),)
        yield Problem(whole, _MESSAGE, fixes=fixes)

    def _environment(self, code: Code, assignment: Node, left: Node, right: Node) -> Iterator[Problem]:
        target = code.text(left)
        if "NODE_TLS_REJECT_UNAUTHORIZED" not in target or code.text(right).strip("\"'`") != "0":
            return
        message = (
            "No certificate is checked by this whole program, so anyone on the way can read and change what it sends."
        )
        statement = assignment.parent
        fixes: tuple[Fix, ...] = ()
        if statement is not None and statement.type == "expression_statement":
            place = code.range(statement)
            edit = whole_lines(code.unit.text, TextEdit(place.start, place.end, ""))
            fixes = (Fix("Check certificates", "review", (edit,)),)
        yield Problem(assignment, message, fixes=fixes)


def _without(code: Code, pair: Node) -> Fix:
    return Fix("Check the certificate", "review", (remove_item(code, pair),))


def _on(code: Code, value: Node, text: str) -> Fix:
    return Fix("Check the certificate", "review", (code.replace(value, text),))


def _is_local(code: Code, node: Node) -> bool:
    """Whether the list of arguments that a node stands in names this machine."""
    return node.parent is not None and _LOCAL.search(code.text(node.parent)) is not None
