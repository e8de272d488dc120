"""What names say to people: constants written in capitals, lists of what is allowed, functions that check."""

from __future__ import annotations

from functools import lru_cache

from leery_analyzers.lazy import lazy_regex

_CAPITALS = lazy_regex(r"_?[A-Z][A-Z0-9_]*[A-Z0-9_]")
_ALLOWED = lazy_regex(r"(?i)allow|permit|valid|known|white_?list|safe|support|choices|options|trusted|accept")
_CHECK = lazy_regex(
    r"(?i)(^|_)(is|has|check|validate|verify|ensure|assert)?_?(valid|validate|safe|allowed|permitted|trusted|whitelisted"
    r"|sanitized|sanitised|verify|ensure_safe|check_safe|is_safe|acceptable|legal)(_|$|[A-Z])"
)
_CLEANER = lazy_regex(r"(?i)(^|_)(sanitize|sanitise|sanitized|escape|clean|quote|slugify|purify|encode_for)(_|$|[A-Z])")

_MOST = 4_096
"""Names that are remembered; programs use the same ones again and again."""
_LOOKUP = lazy_regex(
    r"(?:find|get|load|fetch|query|select|count|create|save|update|delete|remove|insert|exists?|verify|compare|hash|send"
    r"|sign|store|upsert|search|list|lookup|retrieve)(?![a-z]).*"
)


@lru_cache(maxsize=_MOST)
def is_constant_name(name: str) -> bool:
    """Whether a name is written as constants are, ``LIKE_THIS``."""
    return _CAPITALS.fullmatch(name) is not None


@lru_cache(maxsize=_MOST)
def is_allow_list(name: str) -> bool:
    """Whether a collection's name says that it lists what is allowed."""
    return is_constant_name(name) or _ALLOWED.search(name) is not None


@lru_cache(maxsize=_MOST)
def is_check(name: str) -> bool:
    """Whether a function's name says that it checks its argument."""
    return _CHECK.search(name) is not None


@lru_cache(maxsize=_MOST)
def is_lookup(name: str) -> bool:
    """Whether a function's name, in camel case, says that it asks or tells something else and gives the answer."""
    return _LOOKUP.fullmatch(name) is not None


@lru_cache(maxsize=_MOST)
def is_cleaner(name: str) -> bool:
    """Whether a function's name says that it makes its argument harmless."""
    return _CLEANER.search(name) is not None
