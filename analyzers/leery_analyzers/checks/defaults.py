"""Settings that are taken from the environment, and what they are where that says nothing."""

from __future__ import annotations

from leery_analyzers.lazy import lazy_regex

_ON = r"""(?:True\b|1\b|["'](?i:1|true|yes|on|y|t)["'])"""
_DEFAULT = lazy_regex(
    rf"""["'](?i:\w*debug\w*)["']\s*,\s*(?:default\s*=\s*)?{_ON}|\bdefault\s*=\s*{_ON}|["'](?i:\w*debug\w*)["']\)?\s*or\s+{_ON}"""
)
"""A setting called for debugging, and a value for it that counts as true."""
_COMPARED = lazy_regex(r"""(==|!=|\bnot in\b|\bin\b)\s*([(\[{]?[^)\]}\n]*)""")
_TRUE = lazy_regex(r"""["'](?i:1|true|yes|on|y|t)["']""")
_FALSE = lazy_regex(r"""["'](?i:0|false|no|off|n|f)?["']""")


def is_on_unless_set(text: str) -> bool:
    """Whether a setting for debugging is on where the environment says nothing of it.

    Args:
        text: what it is set to, as written.
    """
    found = _DEFAULT.search(text)
    if found is None or text.lstrip().startswith("not "):
        return False
    compared = _COMPARED.search(text, found.end())
    if compared is None:
        return True
    wanted = _TRUE.search(compared[2]) is not None
    return wanted if compared[1] in {"==", "in"} else not wanted and _FALSE.search(compared[2]) is not None
