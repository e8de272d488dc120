"""A connection that may wait for ever, in Java.

Whoever does not answer, or answers one byte a minute, keeps the thread that waits; a few such peers take all threads
there are. ``HttpURLConnection`` and ``RestTemplate`` have no limit of their own, nor has a socket that was accepted.

Reported where nothing in the document sets a limit. Left alone: connections that are handed on to be set up elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Invalid
from leery_analyzers.checks.lacking import DocumentCheck, Lack
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leery_analyzers.checks.code import Code
    from leery_analyzers.checks.lacking import Facts
    from leery_analyzers.model import Level

_OPENED = re.compile(r"\b(\w+)\s*=\s*(?:\(\s*[\w.]+\s*\)\s*)?[^;=]*\.(openConnection)\([^;]*;")
_CHAINED = re.compile(r"\.(openConnection)\(\s*\)\s*\.\s*getInputStream\(")
_ACCEPTED = re.compile(r"\bServerSocket\b(?s:.)*?\b\w+\s*=\s*\w+\.(accept)\(\s*\)")
_REST = re.compile(r"\bnew\s+(RestTemplate)\(\s*\)")
_CLIENT = re.compile(r"\bHttpClient\s*\.\s*(newHttpClient)\(\s*\)")
_LIMITS = re.compile(r"setSoTimeout|[cC]onnectTimeout|[rR]eadTimeout|\.timeout\(|[rR]esponseTimeout|[sS]ocketTimeout")
_READS = re.compile(r"getInputStream|getResponseCode|getOutputStream|getHeaderField|\.connect\(|getContent")
_MESSAGE = "Nothing limits how long this waits, so a peer that does not answer keeps the thread."


class EndlessWaitJava(DocumentCheck):
    """Finds connections without a limit."""

    summary = "A connection that may wait for ever"
    severity: ClassVar[Level] = "low"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-400", "CWE-1088")
    owasp = ("A06:2025",)
    languages = JAVA
    clue = re.compile(
        r"openConnection\(|\.accept\(\s*\)|new\s+RestTemplate\(\s*\)|newHttpClient\(|setSoTimeout|Timeout\(|\.timeout\("
    )
    parsed = False

    VALID = (
        """\
class A {
    String größe(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(3000);
        connection.setReadTimeout(5000);
        return read(connection.getInputStream());
    }
}
""",
        """\
class A {
    void serve(ServerSocket server) throws IOException {
        Socket client = server.accept();
        answer(client);
    }

    void answer(Socket client) throws IOException {
        client.setSoTimeout(5000);
    }
}
""",
        """\
class A {
    HttpURLConnection open(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        return connection;
    }
}
""",
        """\
class A {
    HttpClient f() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    String größe(URL url) throws IOException {
        HttpURLConnection verbindung = (HttpURLConnection) url.openConnection();
        return read(verbindung.getInputStream());
    }
}
""",
            at="openConnection",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void serve(ServerSocket server) throws IOException {
        Socket client = server.accept();
        answer(client.getInputStream().read());
    }
}
""",
            at="accept",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    private final RestTemplate rest = new RestTemplate();
}
""",
            at="new «RestTemplate»",
            message=_MESSAGE,
        ),
    )

    def facts(self, code: Code) -> Facts:
        """Where connections are opened in the unit, or that something in it sets a limit."""
        text = code.unit.text
        if _LIMITS.search(text):
            return (None,)
        found = [match.span(1) for pattern in (_CHAINED, _ACCEPTED, _REST, _CLIENT) for match in pattern.finditer(text)]
        found += [
            match.span(2)
            for match in _OPENED.finditer(text)
            if re.search(rf"\b{re.escape(match[1])}\s*\.\s*(?:{_READS.pattern})", text)
        ]
        return tuple(TextRange(start, end) for start, end in sorted(set(found)))

    def lacks(self, document: Sequence[Facts]) -> Iterator[Lack]:
        """Connections of a document in which nothing sets a limit."""
        if any(None in facts for facts in document):
            return
        for index, facts in enumerate(document):
            for place in facts:
                yield Lack(index, place, _MESSAGE)
