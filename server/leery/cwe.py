"""Where a weakness is described."""

from __future__ import annotations


def cwe_url(cwe: str) -> str:
    """The page of an identifier such as ``CWE-89`` in the Common Weakness Enumeration."""
    return f"https://cwe.mitre.org/data/definitions/{cwe.removeprefix('CWE-')}.html"
