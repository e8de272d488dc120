"""A connection that does not check whom it talks to, in Java.

Without checking the certificate and the name in it, an encrypted connection can be read and changed by anyone on the
way. A certificate of one's own is no reason: it can be put into a key store of its own and that given to the
`TrustManagerFactory`.

Reported are trust managers whose check does nothing or forgets what it refused, host name verifiers that always agree,
and the ready-made ones of Apache, Netty and Spring. Left alone: a check that calls another one or can throw.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode
from leery_analyzers.checks.java_fixes import drop_call
from leery_analyzers.checks.java_values import is_word
from leery_analyzers.model import Fix
from leery_analyzers.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SETTERS = frozenset(
    {"setHostnameVerifier", "setDefaultHostnameVerifier", "hostnameVerifier", "setSSLHostnameVerifier"}
    | {"loadTrustMaterial", "withHostnameVerifier", "setVerifier", "sslHostnameVerifier"}
)
_VERIFIERS = _SETTERS - {"loadTrustMaterial"}
_SAYS_NOTHING = re.compile(r"\w+\.(?:isValid|getPeerHost|getId|getCipherSuite|getProtocol)\(\)|\w+\s*!=\s*null")
"""What a session tells although nobody has checked the certificate."""
_MADE = frozenset(
    {"new NoopHostnameVerifier", "new AllowAllHostnameVerifier", "new TrustAllStrategy", "new TrustSelfSignedStrategy"}
    | {"new NullHostnameVerifier"}
)
_SWITCHES = {
    "setTrustAll": "true",
    "setVerifyHost": "false",
    "setHttpsHostnameVerificationEnabled": "false",
    "trustAll": "true",
    "setTrustAllCerts": "true",
    "verifySsl": "false",
}
_SETTINGS = frozenset({"put", "setProperty", "setJdbcUrl", "setUrl", "jdbcUrl", "relaxedHTTPSValidation"})
_OFF = re.compile(
    r"(?i)(?:mail\.\w+\.ssl\.trust=\*|mail\.\w+\.ssl\.checkserveridentity=false|ssl\.endpoint\.identification\.algorithm=$"
    r"|jdk\.internal\.httpclient\.disablehostnameverification=(?:true)?$|com\.sun\.jndi\.ldap\.object\.disableendpointidentification=true)"
)
"""Settings, with their values, that switch a check off."""
_OPEN_DATABASE = re.compile(
    r"(?i)^jdbc:\w+:.*(?:\btrustServerCertificate=true|\bverifyServerCertificate=false|\buseSSL=false|\bsslmode=(?:disable|disabled)\b"
    r"|\bsslfactory=org\.postgresql\.ssl\.NonValidatingFactory)"
)
_LOCAL = re.compile(r"(?i)^jdbc:\w+://(?:localhost|127\.0\.0\.1|\[::1\])")
_CONSTANTS = ("NoopHostnameVerifier.INSTANCE", "InsecureTrustManagerFactory.INSTANCE", "TrustAllStrategy.INSTANCE")
_QUERY = """
(method_declaration name: (identifier) @name parameters: (_) @parameters body: (block) @body
  (#any-of? @name "checkServerTrusted" "verify" "isTrusted" "onReceivedSslError")) @method
(lambda_expression parameters: (_) @parameters body: (_) @body) @lambda
((field_access field: (identifier) @constant) @access
  (#any-of? @constant "INSTANCE" "ALLOW_ALL_HOSTNAME_VERIFIER"))
"""
_LOGS = re.compile(
    r"(?i)\s*(?:this\.|\w+\.)?(?:log\w*|System\.out|System\.err|(?:System|Logger|LoggerFactory|LogManager)\.getLogger\([^()]*\))"
    r"\.\w+\("
)
_REFUSAL = re.compile(r"\b(?:CertificateException|GeneralSecurityException|Exception|Throwable)\b")
_CERTIFICATE = "No certificate is checked, so anyone on the way can read and change what is sent."
_NAME = "The name in the certificate is not checked, so anyone with any valid one can read and change what is sent."


class TlsVerificationOffJava(Check):
    """Finds certificates and host names that are not checked."""

    summary = "A connection that does not check the other side's certificate"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-295", "CWE-297")
    owasp = ("A07:2025",)
    references = (
        "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
    )
    languages = JAVA
    calls = (
        _MADE
        | {"System.setProperty", "DriverManager.getConnection"}
        | frozenset(f".{name}" for name in (*_SWITCHES, *_SETTINGS, "setEndpointIdentificationAlgorithm"))
    )
    query = _QUERY

    VALID = (
        """\
class Größe extends WebViewClient {
    public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
        if (isPinned(error.getCertificate())) {
            handler.proceed();
        } else {
            handler.cancel();
        }
    }
}
""",
        """\
class A implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        try {
            usual.checkServerTrusted(chain, type);
        } catch (CertificateException error) {
            own.checkServerTrusted(chain, type);
        }
    }
}
""",
        """\
class Größe implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        delegate.checkServerTrusted(chain, type);
    }
}
""",
        """\
class A {
    void f(HttpsURLConnection connection) {
        connection.setHostnameVerifier((host, session) -> host.equals(expected));
        list.removeIf((a, b) -> true);
    }
}
""",
        """\
class Signature {
    public boolean verify(byte[] data, byte[] signature) {
        return true;
    }
}
""",
        """\
class A {
    Object f() {
        return Singleton.INSTANCE;
    }

    void g(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
}
""",
        """\
class A implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("closed");
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class Größe extends WebViewClient {
    @Override
    public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
        log.warn("odd");
        handler.proceed();
    }
}
""",
            at="handler.proceed();",
            message=_CERTIFICATE,
        ),
        Invalid(
            code="""\
class A {
    void größe(MqttConnectOptions options) {
        options.setHttpsHostnameVerificationEnabled(false);
    }
}
""",
            at="options.setHttpsHostnameVerificationEnabled(false)",
            message=_NAME,
            fixed=(
                """\
class A {
    void größe(MqttConnectOptions options) {
        options.setHttpsHostnameVerificationEnabled(true);
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] größe, String type) throws CertificateException {
        try {
            base.checkServerTrusted(größe, type);
        } catch (CertificateException e) {
            System.getLogger("a").log(System.Logger.Level.DEBUG, "not verified", e);
        }
    }
}
""",
            at="void «checkServerTrusted»(",
            message=_CERTIFICATE,
        ),
        Invalid(
            code="""\
class A implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        try {
            validator.validate(pathOf(chain), parameters);
        } catch (GeneralSecurityException error) {
            log.warn("not trusted", error);
        }
    }
}
""",
            at="checkServerTrusted",
            message=_CERTIFICATE,
        ),
        Invalid(
            code="""\
class A {
    TrustManager[] größe = new TrustManager[] { new X509TrustManager() {
        public void checkClientTrusted(X509Certificate[] chain, String type) {}
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // überspringen
        }
        public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
    } };
}
""",
            at="checkServerTrusted",
            message=_CERTIFICATE,
        ),
        Invalid(
            code="""\
class A {
    void f(HttpsURLConnection connection) {
        connection.setHostnameVerifier((host, session) -> true);
        connection.connect();
    }
}
""",
            at="(host, session) -> true",
            message=_NAME,
            fixed=(
                """\
class A {
    void f(HttpsURLConnection connection) {
        connection.connect();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    OkHttpClient f() {
        return new OkHttpClient.Builder().hostnameVerifier((h, s) -> { return true; }).build();
    }
}
""",
            at="(h, s) -> { return true; }",
            message=_NAME,
            fixed=(
                """\
class A {
    OkHttpClient f() {
        return new OkHttpClient.Builder().build();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return HttpClients.custom().setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE).build();
    }
}
""",
            at="NoopHostnameVerifier.INSTANCE",
            message=_NAME,
            fixed=(
                """\
class A {
    Object f() {
        return HttpClients.custom().build();
    }
}
""",
            ),
        ),
        Invalid(
            code="""\
class Verifier implements HostnameVerifier {
    @Override
    public boolean verify(String host, SSLSession session) {
        log.info("ok");
        return true;
    }
}
""",
            at="boolean «verify»(",
            message=_NAME,
        ),
        Invalid(
            code="""\
class A {
    Object f() {
        return SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    }
}
""",
            at="InsecureTrustManagerFactory.INSTANCE",
            message=_CERTIFICATE,
            fixed=(
                """\
class A {
    Object f() {
        return SslContextBuilder.forClient().build();
    }
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        assert isinstance(code, JavaCode)
        if (call := found.get("call")) is not None:
            yield from _called(code, call)
        elif (lambda_ := found.get("lambda")) is not None:
            yield from _lambda(code, lambda_, found["body"])
        elif (access := found.get("access")) is not None:
            text = code.text(access)
            if text.endswith(_CONSTANTS) or code.text(found["constant"]) == "ALLOW_ALL_HOSTNAME_VERIFIER":
                message = _NAME if "Verifier" in text or "VERIFIER" in text else _CERTIFICATE
                yield Problem(access, message, fixes=_without(code, access))
        else:
            yield from _method(code, found["name"], code.text(found["parameters"]), found["body"])


def _method(code: JavaCode, name: Node, parameters: str, body: Node) -> Iterator[Problem]:
    own = code.text(name)
    session = re.search(r"\bSSLSession\s+(\w+)", parameters)
    if own == "verify" and session is not None and _agrees(code, body):
        yield Problem(name, _NAME)
    elif own == "verify" and session is not None and _asks_nobody(code.text(body), session[1]):
        yield Problem(name, _NAME, confidence="medium")
    elif (own == "isTrusted" and "X509Certificate" in parameters and _agrees(code, body)) or (
        own == "checkServerTrusted"
        and "X509Certificate" in parameters
        and (not _acts(code, body) or _forgives(code, body))
    ):
        yield Problem(name, _CERTIFICATE)
    elif own == "onReceivedSslError" and (handler := re.search(r"\bSslErrorHandler\s+(\w+)", parameters)) is not None:
        wanted = f"{handler[1]}.proceed();"
        yield from (Problem(one, _CERTIFICATE) for one in body.named_children if code.text(one) == wanted)


def _lambda(code: JavaCode, lambda_: Node, body: Node) -> Iterator[Problem]:
    """``(host, session) -> true`` where a verifier is wanted."""
    around = lambda_.parent
    holder = around.parent if around is not None and around.type == "argument_list" else None
    if not _agrees(code, body):
        if holder is not None and code.method(holder) in _VERIFIERS and _ignores_session(code, lambda_, body):
            yield Problem(lambda_, _NAME, confidence="medium")
        return
    if holder is not None and code.method(holder) in _SETTERS:
        message = _CERTIFICATE if code.method(holder) == "loadTrustMaterial" else _NAME
        yield Problem(lambda_, message, fixes=_without(code, lambda_))
    elif around is not None and around.type == "variable_declarator" and around.parent is not None:
        kind = code.simple(around.parent.child_by_field_name("type"))
        if kind in {"HostnameVerifier", "TrustStrategy"}:
            yield Problem(lambda_, _NAME if kind == "HostnameVerifier" else _CERTIFICATE)


def _ignores_session(code: JavaCode, lambda_: Node, body: Node) -> bool:
    """Whether a verifier asks neither the session nor another verifier."""
    names = re.findall(r"\w+", code.text(lambda_.child_by_field_name("parameters")))
    return len(names) == 2 and _asks_nobody(code.text(body), names[1])


def _asks_nobody(text: str, session: str) -> bool:
    """Whether a verifier's body looks at nothing of the certificate: the host's name is what was asked for anyway."""
    told = _SAYS_NOTHING.sub("", text)
    asks = rf"\b{re.escape(session)}\b|[vV]erif|[pP]in|\bthrow\b|\.(?:equals|equalsIgnoreCase|contains)\("
    return not re.search(asks, told) and text.strip() != "false"


def _called(code: JavaCode, call: Node) -> Iterator[Problem]:
    name, method, value = code.callee(call), code.method(call), code.arguments(call).get(0)
    if name in _MADE:
        own = name == "new TrustSelfSignedStrategy"
        yield Problem(
            code.called(call), _NAME if "Hostname" in name else _CERTIFICATE, confidence="medium" if own else None
        )
    elif value is not None and method in _SWITCHES and is_word(code, value, _SWITCHES[method]):
        better = "false" if _SWITCHES[method] == "true" else "true"
        fix = Fix("Check the certificate", "review", (code.replace(value, better),))
        yield Problem(call, _CERTIFICATE if "rust" in method else _NAME, fixes=(fix,), confidence="medium")
    elif method in _SETTINGS or name in {"System.setProperty", "DriverManager.getConnection"}:
        yield from _setting(code, call)
    elif value is not None and (value.type == "null_literal" or code.literal(value) == ""):
        fix = Fix("Check the name", "review", (code.replace(value, '"HTTPS"'),))
        yield Problem(call, _NAME, fixes=(fix,))


def _setting(code: JavaCode, call: Node) -> Iterator[Problem]:
    """A setting by its name and its value, or in the address of a database."""
    values = code.arguments(call).positional
    known = [code.literal(value) for value in values]
    if code.method(call) == "relaxedHTTPSValidation":
        yield Problem(code.called(call), _CERTIFICATE, confidence="medium")
    elif len(known) == 2 and known[0] is not None and code.method(call) in {"put", "setProperty"}:
        given = known[1] if known[1] is not None else code.text(values[1])
        if _OFF.match(f"{known[0]}={given}"):
            yield Problem(values[1], _CERTIFICATE, confidence="medium")
    elif values and known[0] is not None and _OPEN_DATABASE.match(known[0]) and not _LOCAL.match(known[0]):
        yield Problem(values[0], _CERTIFICATE, confidence="medium")


def _agrees(code: JavaCode, body: Node) -> bool:
    """Whether a body is nothing but ``true``, or returns it and nothing else, whatever it writes to a log."""
    if body.type == "true":
        return True
    last = body.named_children[-1] if body.type == "block" and body.named_children else None
    if last is None or last.type != "return_statement" or code.text(last).replace(" ", "") != "returntrue;":
        return False
    return not _acts(code, body)


def _acts(code: JavaCode, body: Node) -> bool:
    """Whether a body does more than write to a log and return."""
    for statement in code.values_of(body.named_children):
        logs = statement.type == "expression_statement" and _LOGS.match(code.text(statement))
        if not logs and statement.type != "return_statement":
            return True
    return False


def _forgives(code: JavaCode, body: Node) -> bool:
    """Whether all that a body does is to try a check whose refusal it catches and at most writes to a log."""
    acting = [statement for statement in code.values_of(body.named_children) if statement.type == "try_statement"]
    if len(acting) != 1 or len(acting) != body.named_child_count:
        return False
    refusals = [
        handler
        for handler in acting[0].named_children
        if handler.type == "catch_clause" and _REFUSAL.search(code.text(handler.named_children[0]))
    ]
    bodies = [handler.child_by_field_name("body") for handler in refusals]
    return bool(bodies) and all(handler is not None and not _acts(code, handler) for handler in bodies)


def _without(code: JavaCode, value: Node) -> tuple[Fix, ...]:
    """Take the builder's call away that the value is given to; the default checks."""
    for around in ancestors(value):
        if around.type == "method_invocation":
            edit = drop_call(code, around)
            return (Fix("Check as usual", "review", (edit,)),) if edit is not None else ()
        if around.type != "argument_list":
            break
    return ()
