"""A password that is kept as it came, in Java.

Whoever gets at the database has every password then, and most of them open other doors, too. Keep what a slow hash made
of it: ``encoder.encode(password)`` with BCrypt, Argon2 or PBKDF2.

Reported is a record that is given a password as it came and saved in the same method.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVA, Check, Invalid, Problem
from leery_analyzers.checks.java_code import JavaCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_SETTERS = frozenset({"setPassword", "setPasswd", "setPwd", "setUserPassword"})
_AS_IT_CAME = re.compile(
    r"(?i)(?:\w+\.)?(?:raw|plain|new|user)?_?(?:password|passwd|pwd)\d?(?:\(\))?|\w+\.get(?:New)?Password\(\)"
    r"|\w+\.getParameter\(\s*\"\w*passw\w*\"\s*\)"
)
_HASHES = re.compile(r"(?i)encode|hash|bcrypt|argon|scrypt|pbkdf|encrypt|digest|crypt")
_MESSAGE = "This keeps the password as it came; keep what a slow hash makes of it."


class PasswordKeptAsIsJava(Check):
    """Finds passwords that are saved without a hash."""

    summary = "A password that is kept as it came"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-256", "CWE-522")
    owasp = ("A04:2025",)
    references = ("https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",)
    languages = JAVA
    calls = frozenset(f".{name}" for name in _SETTERS)

    VALID = (
        """\
class A {
    void größe(String name, String password) {
        User user = new User(name);
        user.setPassword(encoder.encode(password));
        users.save(user);
    }
}
""",
        """\
class A {
    void f(Settings settings, String password) {
        settings.setPassword(password);
        connect(settings);
    }
}
""",
        """\
class A {
    void f(String password) {
        setPassword(password);
        log.add("größe");
    }
}
""",
        """\
class A {
    void f(String name, String password) {
        password = hash(password);
        User user = new User(name);
        user.setPassword(password);
        users.save(user);
    }
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
class A {
    void größe(String name, String password) {
        User user = new User(name);
        user.setPassword(password);
        users.save(user);
    }
}
""",
            at="user.setPassword(password)",
            message=_MESSAGE,
        ),
        Invalid(
            code="""\
class A {
    void f(SignUp form) {
        Account account = new Account();
        account.setPassword(form.getPassword());
        manager.persist(account);
    }
}
""",
            at="account.setPassword(form.getPassword())",
            message=_MESSAGE,
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one setter."""
        assert isinstance(code, JavaCode)
        call = found["call"]
        values, function = code.arguments(call).positional, code.function(call)
        kept = call.child_by_field_name("object")
        if len(values) != 1 or function is None or kept is None or not _AS_IT_CAME.fullmatch(code.text(values[0])):
            return
        body = code.text(function)
        base = re.escape(code.text(kept))
        saved = re.search(
            rf"\.(?:save|saveAndFlush|persist|merge|insert|create|store|update|add)\w*\([^;]*\b{base}\b", body
        )
        if saved is not None and not _HASHES.search(body):
            yield Problem(call, _MESSAGE)
