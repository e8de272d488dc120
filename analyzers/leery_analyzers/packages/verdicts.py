"""Whether a name of a package gives a reason to ask: nobody knows it, or it is one edit away from a popular one.

A list ages from its first day and npm's holds only what is downloaded at all, so a verdict is never certain. Names
that projects give to their own modules get none: whether the project has such a module is known elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from leery_analyzers.packages import node_modules, python_imports
from leery_analyzers.packages.names import normalized, package_names

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from leery_analyzers.model import Level
    from leery_analyzers.packages.names import Ecosystem, PackageNames

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-"
_PARTS = re.compile(r"[-_./@]+")
_SEPARATORS = re.compile(r"[-_.]")
_MINE = frozenset("my our your mine the some any foo bar baz example sample test demo local private internal".split())  # noqa: SIM905
_PLACEHOLDERS = frozenset("package package-name packagename pkg name module module-name library dependency dep".split())  # noqa: SIM905
_GENERATED = re.compile(r".*(?:_pb2|_pb2_grpc|_rc|_ui|_generated)")
_LEAST, _SHORT, _LONG = 4, 5, 6
_RANK_OF_SHORT, _RANK_OF_LISTED, _RANK_OF_PART = 2_000, 1_000, 3_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a name gives a reason to ask.

    Attributes:
        kind: `unknown`, or `near` a popular one.
        confidence: how much of a reason it is.
        listed: whether the name is on the list all the same.
        near: the popular name, as an import or an install command would spell it.
        month: of the list, ``November 2026``.
    """

    kind: Literal["unknown", "near"]
    confidence: Level
    listed: bool
    near: str
    month: str


@lru_cache(maxsize=4096)
def judge_install(ecosystem: Ecosystem, name: str) -> Verdict | None:
    """The verdict on a name that is to be installed; None if there is nothing to say."""
    names, wanted = package_names(ecosystem), normalized(ecosystem, name)
    if wanted in names.popular or _is_placeholder(wanted):
        return None
    if ecosystem == "npm" and (wanted in node_modules.BUILT_IN or _is_of_unknown_scope(names, wanted)):
        return None
    return _verdict(ecosystem, wanted, "medium" if ecosystem == "pypi" else _by_shape("npm", wanted), for_import=False)


@lru_cache(maxsize=4096)
def judge_import(ecosystem: Ecosystem, name: str) -> Verdict | None:
    """The verdict on a name that is imported: a top-level module, or a package of npm without its subpath."""
    names = package_names(ecosystem)
    wanted = normalized(ecosystem, name)
    if wanted in names.popular:
        return None
    if ecosystem == "npm":
        if wanted in node_modules.BUILT_IN or _is_of_unknown_scope(names, wanted) or _is_own(names, wanted, "npm"):
            return None
        return _verdict("npm", wanted, _by_shape("npm", wanted), for_import=True)
    if not name.isascii() or name.startswith("_") or _is_known_import(name, wanted) or _is_own(names, wanted, "pypi"):
        return None
    found = _verdict("pypi", wanted, _by_shape("pypi", wanted), for_import=True)
    if found is not None and found.kind == "unknown" and (name[0].isupper() or _brings(names, wanted)):
        return None
    return found


def _is_known_import(name: str, wanted: str) -> bool:
    """Whether Python, a host or a popular package brings it, or a tool generates it."""
    squeezed = _SEPARATORS.sub("", wanted)
    return (
        name in python_imports.STANDARD
        or name in python_imports.DISTRIBUTION_OF
        or (len(squeezed) >= _LEAST and squeezed in _import_forms())
        or _GENERATED.fullmatch(name) is not None
    )


def _verdict(ecosystem: Ecosystem, name: str, confidence: Level, *, for_import: bool) -> Verdict | None:
    names = package_names(ecosystem)
    if name in names.popular:
        return None
    listed = name in names
    near = _near(ecosystem, name, listed=listed, for_import=for_import)
    if near:
        return Verdict("near", "low" if listed else "medium", listed, near, names.month)
    return None if listed else Verdict("unknown", confidence, listed, "", names.month)


def _by_shape(ecosystem: Ecosystem, name: str) -> Level:
    """Invented names mostly consist of the name of something popular and a word for what is wanted of it."""
    parts = _PARTS.split(name.lstrip("@"))
    if len(parts) == 1:
        return "low"
    popular = package_names(ecosystem).popular
    telling = any(popular.get(part, _RANK_OF_PART) < _RANK_OF_PART for part in parts if len(part) > 2)
    return "medium" if telling or parts[0] in _first_words(ecosystem) else "low"


@lru_cache(maxsize=2)
def _first_words(ecosystem: Ecosystem) -> frozenset[str]:
    """What the longer ones of popular names start with: ``huggingface``."""
    ranked = package_names(ecosystem).popular.items()
    words = (_PARTS.split(name, maxsplit=1)[0] for name, rank in ranked if rank < _RANK_OF_PART)
    return frozenset(word for word in words if len(word) >= _LONG) - python_imports.OWN_WORDS


def _is_placeholder(name: str) -> bool:
    first = _PARTS.split(name)[0]
    return name in _PLACEHOLDERS or first in _MINE or len(name) < 2


def _is_own(names: PackageNames, name: str, ecosystem: Ecosystem) -> bool:
    """Whether it is what projects call modules of their own."""
    if name.startswith("@"):
        return False
    words = python_imports.OWN_WORDS if ecosystem == "pypi" else node_modules.OWN_WORDS
    parts = [part.rstrip("0123456789") for part in _PARTS.split(name)]
    if len(name) < 3 or parts[0] in _MINE or all(part in words or not part for part in parts):
        return True
    known = len(parts) > 2 and parts[0] in names.popular and parts[0] not in words  # celery_app is a project's own
    return ecosystem == "pypi" and len(parts) > 1 and parts[-1] in words and not known and name not in names


def _is_of_unknown_scope(names: PackageNames, name: str) -> bool:
    """A scope without any known package is a company's own more often than an invention."""
    return name.startswith("@") and name.partition("/")[0] + "/" not in names


def _brings(names: Container[str], name: str) -> bool:
    """Whether there is a package of one of the longer names that are usual for bringing an import."""
    forms = (
        f"python-{name}",
        f"py-{name}",
        f"py{name}",
        f"{name}-py",
        f"{name}-python",
        f"{name}py",
        f"python3-{name}",
    )
    return any(form in names for form in forms)


def _near(ecosystem: Ecosystem, name: str, *, listed: bool, for_import: bool) -> str:
    """The most popular name that is one edit away, empty if there is none."""
    if len(name) < _LEAST or _brings(package_names(ecosystem).popular, name):
        return ""
    popular = _importable() if for_import and ecosystem == "pypi" else package_names(ecosystem).popular
    scope, slash, rest = name.rpartition("/")
    best, best_rank = "", len(popular)
    for edited in _edits(rest):
        candidate = scope + slash + edited
        rank = popular.get(candidate, best_rank)
        if rank < best_rank and _is_likely(name, candidate, rank, listed=listed):
            best, best_rank = candidate, rank
    if not best and not slash:
        squeezed = _squeezed(ecosystem).get(_SEPARATORS.sub("", name), "")
        if (
            squeezed
            and squeezed != name
            and _is_likely(name, squeezed, popular.get(squeezed, len(popular)), listed=listed)
        ):
            best = squeezed
    return _spelled(best) if for_import and ecosystem == "pypi" and best else best


def _is_likely(name: str, popular: str, rank: int, *, listed: bool) -> bool:
    """Whether somebody who wrote `name` may well have meant `popular`; for a name that exists that takes more."""
    if name.rstrip("0123456789") == popular.rstrip("0123456789"):
        return False  # another version of it
    if listed:
        plain = name.rstrip("0123456789s") != popular.rstrip("0123456789s") and name.isalpha() and popular.isalpha()
        return plain and len(popular) > _LONG and rank < _RANK_OF_LISTED
    return len(popular) >= _LONG or (len(popular) >= _SHORT and rank < _RANK_OF_SHORT)


def _edits(name: str) -> Iterator[str]:
    """Every name that is one deletion, exchange of neighbours, replacement or insertion away."""
    for at in range(len(name) + 1):
        head, tail = name[:at], name[at:]
        if tail:
            yield head + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            for char in _ALPHABET:
                yield head + char + tail[1:]
        for char in _ALPHABET:
            yield head + char + tail


@lru_cache(maxsize=2)
def _squeezed(ecosystem: Ecosystem) -> dict[str, str]:
    """Popular names with separators by what is left without them, the more popular one first."""
    found: dict[str, str] = {}
    for name in package_names(ecosystem).popular:
        squeezed = name.replace("-", "").replace("_", "").replace(".", "")
        if squeezed != name and not name.startswith("@"):
            found.setdefault(squeezed, name)
    return found


@lru_cache(maxsize=1)
def _import_forms() -> frozenset[str]:
    """What imports make of popular packages' names: without separators, or without their first or last words."""
    forms: list[str] = []
    for name in package_names("pypi").popular:
        whole = name.replace("-", "")
        forms.append(whole)
        if len(whole) == len(name):
            continue
        first, *words = name.split("-")
        at = len(first)
        forms.append(whole[at:])
        for word in words[:-1]:
            at += len(word)
            forms += whole[at:], whole[:at]
    return frozenset(forms)


@lru_cache(maxsize=1)
def _importable() -> dict[str, int]:
    """Ranks of what popular packages are imported as."""
    popular = package_names("pypi").popular
    renamed = python_imports.DISTRIBUTION_OF.items()
    ranks = dict(popular)
    for name, package in renamed:
        if package in popular:
            ranks.setdefault(normalized("pypi", name), popular[package])
    return ranks


def _spelled(name: str) -> str:
    """A normalised name as an import writes it."""
    known = {normalized("pypi", own): own for own in python_imports.DISTRIBUTION_OF}
    return known.get(name, name.replace("-", "_"))
