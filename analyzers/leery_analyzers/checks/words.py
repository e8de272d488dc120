"""What names say: which variables, keys and settings hold a secret, and which only sound like it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    import re


class AnyCase:
    """A pattern for texts in any case; several times faster than one that ignores case.

    Args:
        pattern: in lower case. Quick only if each alternative starts with a letter of its own, not with an assertion.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._regex = lazy_regex(pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text in lower case."""
        return self._regex.search(text.lower())


_WORD = lazy_regex(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_SECRET = frozenset(
    {"secret", "secrets", "password", "passwd", "passphrase", "passcode", "pwd", "token", "salt", "pepper"}
    | {"credential", "credentials", "apikey", "privatekey", "secretkey", "accesskey"}
)
_KEY_OF = frozenset(
    {"api", "secret", "private", "access", "signing", "sign", "encryption", "encrypt", "auth", "session", "jwt"}
    | {"master", "hmac", "cookie", "app", "flask", "django", "stripe", "openai", "anthropic", "service", "admin"}
)
_PASS_OF = frozenset(
    {"smtp", "db", "mail", "email", "imap", "mysql", "pg", "postgres", "redis", "ftp", "sftp", "ssh", "root", "admin"}
    | {"database", "mongo", "rabbitmq", "amqp", "api", "service", "login", "ldap", "proxy"}
)
_ABOUT_IT = frozenset(
    {"name", "id", "ids", "arn", "url", "uri", "path", "file", "dir", "prefix", "suffix", "ttl", "expiry", "expires"}
    | {"expire", "expiration", "minutes", "seconds", "hours", "days", "length", "len", "size", "count", "type"}
    | {"field", "header", "limit", "max", "min", "policy", "algorithm", "algo", "issuer", "audience", "version"}
    | {"enabled", "required", "hint", "label", "prompt", "placeholder", "rounds", "regex", "pattern", "endpoint"}
    | {"lifetime", "timeout", "age", "format", "encoding", "backend", "provider", "location", "region", "host"}
)
_TOKEN_LIKE = _SECRET | frozenset(
    {
        "otp",
        "totp",
        "pin",
        "pw",
        "nonce",
        "csrf",
        "xsrf",
        "captcha",
        "apikey",
        "sessionid",
        "sid",
        "passcode",
        "verification",
        "iv",
    }
)
_CODE_OF = frozenset(
    {
        "verification",
        "reset",
        "invite",
        "invitation",
        "auth",
        "access",
        "confirmation",
        "recovery",
        "security",
        "backup",
        "activation",
        "coupon",
        "gift",
        "license",
        "login",
        "mfa",
        "pairing",
        "promo",
        "redeem",
        "sms",
        "unlock",
        "voucher",
    }
)
_MAKING = frozenset({"gen", "generate", "create", "make", "new"})
_COUNTED = frozenset({"max", "num", "total", "n", "input", "output", "prompt", "completion", "next"})
_PUBLIC_PREFIX = lazy_regex(r"(NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|PUBLIC|NUXT_PUBLIC|GATSBY)_")


PLAIN_NAMES = frozenset(
    {"code", "pin", "link", "key", "new_code", "numeric_code", "digits", "random_code", "secret_code"}
)
"""Names that say too little: what stands around has to speak of a secret."""
SPEAKS = lazy_regex(
    r"(?i)\bpass(?:word|code|phrase)s?\b|password_?reset|reset_?(?:code|link|token|password)|verif(?:y|ication)|\botp\b|"
    r"one[- _]time|two[- _]factor|\b2fa\b|\bmfa\b|login code|invit|activat|confirmation (?:code|mail|e-?mail)|"
    r"voucher|coupon|gift card|api[- _]key|access[- _]token|session (?:id|token)|secret key|backup code|recovery"
)
"""What a function says that makes a value that must not be guessed."""


def words_of(name: str) -> list[str]:
    """The words of a name in snake, kebab or camel case, in lower case."""
    return [word.lower() for word in _WORD.findall(name)]


def is_secret_setting(name: str) -> bool:
    """Whether a setting of this name holds a secret: ``JWT_SECRET``, but not ``TOKEN_URL`` or ``PUBLIC_KEY``."""
    if _PUBLIC_PREFIX.match(name):
        return False
    words = words_of(name)
    if not words or words[-1] in _ABOUT_IT or "public" in words or "max" in words:
        return False
    if any(word in _SECRET for word in words) or (words[-1] == "pass" and words[-2:-1] and words[-2] in _PASS_OF):
        return True
    return any(first in _KEY_OF and second in {"key", "keys"} for first, second in itertools.pairwise(words))


def is_guess_sensitive(name: str) -> bool:
    """Whether a value of this name must not be guessed: a token, a one-time code, a session id."""
    words = words_of(name)
    if not words or words[-1] in _ABOUT_IT - {"id"} or any(word in _COUNTED for word in words):
        return False
    if words[-1] == "id":
        return "session" in words
    if words[-1] == "state":
        return bool({"oauth", "csrf", "oidc", "sso"} & set(words))
    if words[0] in _MAKING and words[-1] in {"coupon", "voucher", "invitation"}:
        return True
    if any(word in _TOKEN_LIKE for word in words) or (words[-1] == "key" and words[0] in _MAKING):
        return True
    pairs = set(itertools.pairwise(words))
    return any((a in _KEY_OF and b in {"key", "keys"}) or (a in _CODE_OF and b in {"code", "codes"}) for a, b in pairs)


def short(text: str, limit: int = 40) -> str:
    """An expression for a message: on one line, cut in the middle of nothing longer than `limit`."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
