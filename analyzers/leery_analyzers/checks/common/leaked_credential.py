"""A credential of a known form, in whatever file.

Keys of many services can be told by their first characters, private keys by their frame, connection strings by the
password within. What is once in a repository stays in its history: revoke it, not only remove it.

Left alone: the services' own example values, texts that are all alike, frames without a key, local addresses, and
passwords that are variables or placeholders.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import EVERY_TEXT, Check, Invalid, Problem, Valid
from leery_analyzers.checks.secrets_shape import entropy, is_placeholder
from leery_analyzers.lazy import lazy_regex
from leery_analyzers.text import TextRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_FORMS = {
    "an AWS access key": r"(?:AKIA|ASIA)[A-Z2-7]{16}",
    "a GitHub token": r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}",
    "a GitLab token": r"glpat-[A-Za-z0-9_-]{20,}",
    "a Slack token": r"xox[abeprs]-[A-Za-z0-9-]{20,}",
    "a Slack webhook": r"https://hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{20,}",
    "an API key of a language model": r"sk-(?:proj-|ant-|or-|svcacct-)?[A-Za-z0-9_-]{32,}",
    "a Stripe key": r"[sr]k_live_[A-Za-z0-9]{20,}",
    "a Google API key": r"AIza[A-Za-z0-9_-]{35}",
    "a SendGrid key": r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "an npm token": r"npm_[A-Za-z0-9]{36}",
    "a PyPI token": r"pypi-AgEI[A-Za-z0-9_-]{50,}",
    "a Hugging Face token": r"hf_[A-Za-z0-9]{34,}",
    "a DigitalOcean token": r"do[opr]_v1_[a-f0-9]{64}",
    "a Shopify token": r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    "a Telegram bot token": r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}",
    "an Azure storage key": r"AccountKey=[A-Za-z0-9+/]{86}==",
    "a private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|\s|[\"'+,])*[A-Za-z0-9+/=]{40,}",
}
_CLUES = {
    "an AWS access key": ("AKIA", "ASIA"),
    "a GitHub token": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "a GitLab token": ("glpat-",),
    "a Slack token": ("xox",),
    "a Slack webhook": ("hooks.slack",),
    "an API key of a language model": ("sk-",),
    "a Stripe key": ("k_live_",),
    "a Google API key": ("AIza",),
    "a SendGrid key": ("SG.",),
    "an npm token": ("npm_",),
    "a PyPI token": ("pypi-",),
    "a Hugging Face token": ("hf_",),
    "a DigitalOcean token": ("_v1_",),
    "a Shopify token": ("shp",),
    "a Telegram bot token": (":AA",),
    "an Azure storage key": ("AccountKey=",),
    "a private key": ("PRIVATE KEY",),
}
"""What one of which a text of each form holds; quick to look for."""
_CONNECTION = lazy_regex(
    r"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|amqps?|mssql|oracle|ftps?|sftp|smtps?|ldaps?|https?|clickhouse)"
    r"(?:\+\w+)?://([\w.%+-]{0,60}):([^\s:@/\"'`<>]{3,80})@([\w.-]+)"
)
_SIGNED_IN = lazy_regex(r"://[\w.%+-]{0,60}:[^\s:@/\"'`<>]{3,80}@")
"""What every one of these connections holds; quick to look for."""
_LOCAL = lazy_regex(r"(?i)localhost|127\.|0\.0\.0\.0|host\.docker|.*\.(test|invalid)$|example(\.\w+)?$|host$|hostname$")
_NEAR = lazy_regex(r"(?i)[\w-]+$|.*\.(local|internal)$|.*\bexample(\.\w+)?$")
"""A name without dots, as of a container, or one that no public server has."""
_VARIABLE = lazy_regex(
    r"[${}()*]|%(?![0-9A-F]{2})|^(pass(word|wd)?|pwd|secret|token|user(name)?|guest|key|pw)$", re.IGNORECASE
)
_MESSAGE = "This is {}: whoever can read this file can use it. Revoke it, then keep it elsewhere."
_BOUND = lazy_regex(r"[A-Za-z0-9_]")


class LeakedCredential(Check):
    """Finds credentials by their form."""

    summary = "A credential in plain text"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-798", "CWE-312")
    owasp = ("A07:2025",)
    languages = EVERY_TEXT

    VALID = (
        "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n# größe\n",
        "token: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
        Valid('HEAD = "-----BEGIN PRIVATE KEY-----"\nif text.startswith(HEAD):\n    read(text)\n', "python"),
        Valid('url = f"postgresql://{user}:{password}@{host}/db"\ndev = "redis://x:secret1@localhost/0"\n', "python"),
        Valid(
            'const url = "postgres://user:password@host:5432/db";\nconst css = "task-list-item-checkbox-label-x";\n',
            "javascript",
        ),
        "DATABASE_URL=postgres://app:app@db:5432/app\nCACHE=redis://x:größe@cache.internal/0\n",
        "a: mongodb://app:${MONGO_PASSWORD}@db.example.com/app\n",
    )
    INVALID = (
        Invalid(
            code="# größe\naws_access_key_id = " + "AKIA" + "Q3EGRJ5TMZW2XKPB\n",
            at="AKIA" + "Q3EGRJ5TMZW2XKPB",
            message=_MESSAGE.format("an AWS access key"),
        ),
        Invalid(
            code='token = "' + "ghp_" + 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"\n',
            at="ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5",
            message=_MESSAGE.format("a GitHub token"),
            language="python",
        ),
        Invalid(
            code="const pem = `-----BEGIN RSA PRIVATE" + " KEY-----\n"
            "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaGBir/JXHFOqX3v\n`;\n",
            at="-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaGBir/JXHFOqX3v",
            message=_MESSAGE.format("a private key"),
            language="javascript",
        ),
        Invalid(
            code='DB = "postgresql://app:tR0ub4dor@db.prod.acme.io/app"  # größe\n',
            at="tR0ub4dor",
            message="The password for db.prod.acme.io stands in this address: whoever can read this file knows it.",
            language="python",
        ),
    )

    def check(self, code: Code) -> Iterator[Problem]:
        """Problems of the whole unit."""
        text = code.unit.text
        kinds = tuple(kind for kind, clues in _CLUES.items() if any(map(text.__contains__, clues)))
        if kinds:
            for found in _form_of(kinds).finditer(text):
                if found.start() and _BOUND.match(text[found.start() - 1]) and text[found.start()] != "-":
                    continue
                if (problem := _credential(found, kinds)) is not None:
                    yield problem
        if _SIGNED_IN.search(text):
            for found in _CONNECTION.finditer(text):
                yield from _connection(found)


@lru_cache(maxsize=64)
def _form_of(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """What credentials of some kinds look like; all kinds at once would be tried at every character."""
    return re.compile("|".join(f"(?P<f{index}>{_FORMS[kind]})" for index, kind in enumerate(kinds)))


def _credential(found: re.Match[str], kinds: tuple[str, ...]) -> Problem | None:
    kind = kinds[int((found.lastgroup or "f0")[1:])]
    value = found.group()
    if kind != "a private key":
        body = value[4:]
        if is_placeholder(value) or entropy(body) < 3.0 or not any(char.isdigit() for char in body):
            return None
        if value.startswith("sk-") and re.fullmatch(r"sk-[a-z]+([-_][a-z0-9]+)*", value):
            return None
    return Problem(TextRange(found.start(), found.end()), _MESSAGE.format(kind))


def _connection(found: re.Match[str]) -> Iterator[Problem]:
    _, password, host = found.groups()
    if _LOCAL.match(host) or _VARIABLE.search(password) or is_placeholder(password):
        return
    sure = any(char.isdigit() for char in password) and len(password) > 5
    if _NEAR.match(host) and not (sure and len(password) > 7):
        return
    message = f"The password for {host} stands in this address: whoever can read this file knows it."
    place = TextRange(found.start(2), found.end(2))
    yield Problem(place, message, confidence="high" if sure and not _NEAR.match(host) else "medium")
