"""A password kept as it was typed.

Where the stored password can be compared with the given one, whoever reads the table, a backup or a log has all of
them, and most people use them elsewhere too. Keep a slow, salted hash (Argon2, scrypt, bcrypt) and let its library
compare.

Left alone: two entries of one form, hashes, and comparisons within such a library's call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import JAVASCRIPT, PYTHON, Check, Invalid, Problem, Valid
from leery_analyzers.checks.queries import COMPARISONS
from leery_analyzers.checks.values import in_test, is_python, literal_text
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_STORED = lazy_regex(
    r"(?i)^(\w*(user|account|row|record|member|admin|customer|employee|person|client|result|found|profile|"
    r"stored|entry)\w*|u|db)"
    r"(\.|\[.?|\.get\(.?|\?\.)(\w+(\.|\[.?))?(password|passwd|pwd|pass)['\"\])]*$|"
    r"^(users|accounts|credentials|user_?db|passwords|database|db)(\.get\([^()]*\)|\[[^\[\]]+\])((\.|"
    r"\[['\"])(password|pwd)['\"\]]*)?$|"
    r"^(stored|saved|db|real|actual|correct)_?(password|pwd)$"
)
_GIVEN = lazy_regex(
    r"(?i)^(.*(\.|\[['\"]|\.get\(['\"]))?(input_?|given_?|plain_?|entered_?)?(password|"
    r"passwd|pwd|pass|pw)['\"\])]*$"
)
_HASHED = lazy_regex(
    r"(?i)hash|digest|crypt|encod|scrypt|argon|sha\d|md5|derive|hexdigest|check_password|"
    r"verify|encrypt"
)
_ROW = lazy_regex(r"(?:row|record|found|result|user|account|r|stored)\[\d\]")
_SELECTED = lazy_regex(r"(?i)[\"']\s*select\s+[^\"']*\bpass(?:word|wd)\b[^\"']*\bfrom\b")
_INSERTED = lazy_regex(
    r"(?i)\binsert\s+into\s+\w+\s*\([^)]*\bpass(?:word|wd)\b|\bupdate\s+\w+\s+set\b.*\bpass(?:word|wd)\s*="
)
_TYPED = lazy_regex(r"(?i)(?:[\w.]+[.\[(][\"']?)?(?:new_?|plain_?|raw_?)?(?:password|passwd|pwd)[\"')\]]*")
_MESSAGE = (
    "Here the stored password is what the user types; whoever sees the table has them all. Keep a slow hash of it."
)


_WRITTEN = frozenset({"tuple", "list"})


class PlainTextPassword(Check):
    """Finds stored passwords that are compared as they are."""

    summary = "A password kept as it was typed"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-256", "CWE-522")
    owasp = ("A04:2025", "A07:2025")
    languages = PYTHON + JAVASCRIPT
    query: ClassVar[Mapping[str, str]] = COMPARISONS
    calls = frozenset({".execute"})

    VALID = (
        "db.execute('INSERT INTO users (name, password) VALUES (?, ?)', (größe, generate_password_hash(password)))\n",
        "db.execute('INSERT INTO users (name, email) VALUES (?, ?)', (größe, password))\n",
        "if bcrypt.checkpw(password, user.password):\n    größe()\n",
        "if form.password == form.password2 or password == password_confirmation:\n    save()\n",
        "hashed = hash_password(password)\nif user.password == hashed:\n    login()\n",
        'if user.password == "" or user.name == größe:\n    ask()\n',
        Valid("if (await bcrypt.compare(password, user.password)) größe();\n", "javascript"),
        Valid("if (form.password !== form.confirm || user.password === hash(password)) stop();\n", "typescript"),
    )
    INVALID = (
        Invalid(
            code="def größe(db, name, password):\n"
            "    db.execute('INSERT INTO users (name, password) VALUES (?, ?)', (name, password))\n",
            at="(name, «password»))",
            message=_MESSAGE,
        ),
        Invalid(
            code="def größe(db, name, password):\n"
            "    row = db.execute('SELECT password FROM users WHERE name = ?', (name,)).fetchone()\n"
            "    return row is not None and row[0] == password\n",
            at="row[0] == password",
            message=_MESSAGE,
        ),
        Invalid(
            code="def größe(name, password):\n    user = find(name)\n    return user and user.password == password\n",
            at="user.password == password",
            message=_MESSAGE,
        ),
        Invalid(
            code='if users[name]["password"] != request.form["password"]:\n    abort(401)  # größe\n',
            at='users[name]["password"] != request.form["password"]',
            message=_MESSAGE,
        ),
        Invalid(
            code="const größe = users.find((u) => u.name === name && u.password === password);\n",
            at="u.password === password",
            message=_MESSAGE,
            language="javascript",
        ),
        Invalid(
            code="if (user.password !== req.body.password) {\n  return res.sendStatus(401);\n}\n",
            at="user.password !== req.body.password",
            message=_MESSAGE,
            language="typescript",
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one comparison, or one statement of SQL."""
        if (call := found.get("call")) is not None:
            yield from _kept(code, call) if is_python(code) else ()
            return
        left, right = code.text(found["left"]), code.text(found["right"])
        if "pass" not in f"{left}{right}".lower() and "pwd" not in f"{left}{right}".lower():
            return
        for stored, given in ((left, right), (right, left)):
            known = _STORED.match(stored) or (_ROW.fullmatch(stored) and _SELECTED.search(code.source))
            if known and _GIVEN.match(given) and stored != given:
                if not _HASHED.search(code.source) and not in_test(code, found["left"]):
                    yield Problem(found["comparison"], _MESSAGE)
                return


def _kept(code: Code, call: Node) -> Iterator[Problem]:
    """A statement of SQL that writes a password as it was typed."""
    arguments = code.arguments(call)
    statement, values = literal_text(code, arguments.get(0)), arguments.get(1)
    if statement is None or values is None or not _INSERTED.search(statement) or _HASHED.search(code.source):
        return
    given = values.named_children if values.type in _WRITTEN else []
    place = next((one for one in given if _TYPED.fullmatch(code.text(one))), None)
    if place is not None and not in_test(code, call):
        yield Problem(place, _MESSAGE)
