"""What the names of methods say about checks of access: who may do what, and who somebody is.

Holds no rule.
"""

from __future__ import annotations

import re

from leery_analyzers.checks.words import words_of

_CHECKS = frozenset(
    {"authenticate", "authenticated", "authorize", "authorized", "authorised", "verify", "permitted", "permission"}
    | {"authentic", "genuine", "trusted"}
    | {"permissions", "allowed", "access", "admin", "login", "validate", "authorise"}
)
ABOUT = frozenset(
    {"token", "signature", "user", "password", "credentials", "session", "jwt", "role", "access", "certificate"}
    | {"captcha", "recaptcha", "webhook", "hmac", "otp", "totp", "mfa", "license", "licence", "csrf", "policy", "owner"}
    | {"entitlement", "ownership", "key", "caller", "credential", "ticket"}
)
_CERTAIN = _CHECKS - {"validate", "verify", "allowed", "access"}
NOT = frozenset(
    {"expired", "denied", "invalid", "blocked", "locked", "revoked", "missing", "deny", "not", "required", "needs"}
)
_VAGUE = frozenset({"allowed", "access", "verify", "validate", "valid", "check", "permit", "permits", "can", "may"})
ANSWERS = frozenset(
    {"authorized", "authorised", "authenticated", "allowed", "granted", "permitted", "access", "verified", "approved"}
    | {"entitled", "decision"}
)
_FEW = 3
ABOUT_ACCESS = re.compile(
    r"(?i)\b(?:token|signature|user\w*|password|credential\w*|permission\w*|role\w*|principal|jwt|acl|policy|"
    r"cert(?:ificate)?|captcha\w*|hmac|webhook\w*|otp|owner\w*|authori[sz]ed|\w*(?:Auth|Access|Permission|Signature)\w*)\b"
)


def decides(name: str, text: str) -> bool:
    """Whether a method tells what somebody may do, or who somebody is."""
    words = set(words_of(name))
    return not words & NOT and (
        checks_access(name)
        or bool(words & (ANSWERS | _CERTAIN | ABOUT | _VAGUE | {"roles", "permissions", "decide", "vote", "evaluate"}))
        or ABOUT_ACCESS.search(text.partition("{")[2]) is not None
    )


def is_vague(name: str) -> bool:
    """Whether a method's name says that it checks something, and not what."""
    words = set(words_of(name))
    return bool(words & _VAGUE and not words & NOT)


def checks_access(name: str) -> bool:
    """Whether a method's name says that it checks a person, a token or a permission and answers yes if it holds."""
    listed = words_of(name)
    words = set(listed)
    if words & NOT:
        return False
    if len(words) <= _FEW and words & {"allowed", "access", "permitted"} and listed[0] in {"is", "has", "can", "may"}:
        return True
    return (
        bool(words & _CERTAIN) or bool(words & _CHECKS and words & ABOUT) or bool(words & {"valid"} and words & ABOUT)
    )
