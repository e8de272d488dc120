"""Which arguments of a call start a program or name a file: selections that models name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leery_analyzers.dataflow.values import CLOSED
from leery_analyzers.lazy import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leery_analyzers.dataflow import ir
    from leery_analyzers.dataflow.arguments import Arguments
    from leery_analyzers.dataflow.values import Value

_NAMED = lazy_regex(
    r"(?:\S*/)?(?:git|hg|svn|curl|wget|tar|ssh|scp|sftp|rsync|find|zip|7z|man|sort|sed|awk|gawk|xargs|env|nmap|tcpdump|"
    r"psql|mysql|mysqldump|pg_dump|chromium|google-chrome|wkhtmltopdf|sendmail|mail|soffice|libreoffice|ffmpeg|identify|"
    r"convert|yt-dlp|youtube-dl|pandoc|gh|docker|kubectl|npm|pip3?|"
    r"rg|gtar|bsdtar|7za|7zz|gpg|make|vim?|less|ansible-playbook|wkhtmltoimage|fd|parallel|strace)"
)
"""Programs of which an option runs another one, or writes a file."""
_ALONE = lazy_regex(
    r"--[\w-]+=.*|-[a-zA-Z]*[fsSLqvrRn]|--(?:quiet|bare|mirror|recursive|verbose|silent|fail|location|no-\w+|oneline|stat|"
    r"single-branch|force|all|prune|tags|porcelain|line-number|fixed-strings|ignore-case|name-only|cached|word-regexp|"
    r"(?:extended|perl)-regexp|invert-match|files-with-matches|only-matching|count|patch|graph|follow|reverse|archive|"
    r"compress(?:ed)?|delete|dry-run|human-readable|insecure|show-error|head|include|verbose|create|extract|list|gzip|"
    r"bzip2|xz|interactive|yes|update|links|times|partial|progress|raw|short|staged|hard|soft|shallow-\w+)|-"
)
"""Options that take no value after them."""
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh", "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh"})
_MOST_OPTIONS = 5
"""Words before a shell's script that are looked through: ``bash -o pipefail -c …``."""
_OPTIONS = frozenset({"-c", "/c", "-lc", "-command", "-ec", "/k"})
OF_TYPE: Mapping[str, frozenset[str]] = {
    "paths": frozenset({"java.io.File", "java.nio.file.Path", "str"}),
    "files": frozenset({"java.io.File", "java.nio.file.Path"}),
    "url": frozenset({"java.net.URL", "java.net.URI"}),
}
"""Selections of arguments by their type."""


def script_at(items: tuple[Value, ...]) -> int | None:
    """Which of a program's words a shell is told to run; None if it is no shell, or is told nothing."""
    names = {text.rpartition("/")[2].rpartition("\\")[2].lower() for text in _texts(items[0])} if items else set()
    if not items or (items[0].is_constant and not names & _SHELLS):
        return None
    most = _MOST_OPTIONS if names & _SHELLS else 1
    for index, option in enumerate(items[1:-1][:most], 1):
        if not _texts(option):
            return None
        if _texts(option) <= _OPTIONS:
            return index + 1
    return None


def _texts(value: Value) -> set[str]:
    return {item.lower() for item in value.constants if isinstance(item, str)}


def command(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """What a program is started with: a line, or a list of which the program and a shell's script count."""
    if not given.positional:
        return
    first, place = given.positional[0]
    items = first.items
    if (
        items is None
        and len(given.positional) > 1
        and first.type in {"", "str"}
        and not _is_list(given.positional[1][0])
    ):
        items = tuple(value for value, _ in given.positional)
        places = [node for _, node in given.positional]
    else:
        places = [place] * len(items or ())
    if items is None:
        yield (first.but(rest=None) if first.rest is not None else first), place
        return
    if items:
        yield items[0], places[0]
    script = script_at(items)
    if script is not None:
        yield items[script], places[script]


def _is_list(value: Value) -> bool:
    return value.items is not None or value.type in {"list", "java.io.File"} or value.only == (None,)


def option_words(program: Value, words: tuple[Value, ...]) -> Iterator[Value]:
    """The words of a command that its program may take for options: whole ones from outside, without `--` before them.

    Args:
        program: what is started.
        words: what it is given, in order.
    """
    if program.text is None or _NAMED.fullmatch(program.text) is None:
        return
    before = ""
    for word in words:
        if word.text is not None:
            before = word.text
            if before == "--":
                return
            continue
        if not _begins(word) and not word.constants and not takes_value(before):
            yield word
        before = ""


def takes_value(word: str) -> bool:
    """Whether a word is an option that may take the next word for its value."""
    return word.startswith("-") and _ALONE.fullmatch(word) is None


def loose_words(program: Value, words: Value) -> Iterator[Value]:
    """Likewise of words whose order is not known; no `--` is among them."""
    rest = words.rest
    if rest is None or program.text is None or _NAMED.fullmatch(program.text) is None or "--" in rest.constants:
        return
    if not (rest.forms and rest.openness == CLOSED and _begins(rest)):
        yield rest.but(constants=(), forms=())


def _begins(word: Value) -> bool:
    """Whether the start of a word is known."""
    return any(form and isinstance(form[0], str) and form[0] for form in word.forms)


def elements(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """Every argument, those of a collection one by one."""
    for value, place in given.everything():
        yield from ((item, place) for item in ((value,) if value.items is None else value.items))


def statements(given: Arguments) -> Iterator[tuple[Value, ir.Node]]:
    """The elements of a collection that is the first argument."""
    for value, place in given.positional[:1]:
        yield from ((item, place) for item in value.items or ())


def of_type(given: Arguments, name: str) -> Iterator[tuple[Value, ir.Node]]:
    """The arguments of some types."""
    yield from ((value, place) for value, place in given.positional if value.type in OF_TYPE[name])
