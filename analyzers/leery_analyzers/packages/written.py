"""Where a text names packages to be installed: commands, and the files that list what a project needs.

Lexical, so that half-written texts are read too. A name whose package comes from elsewhere (an address, a path, another
index) is left out, and so is what stands for a name: variables, ellipses, ``<name>``. Offsets are code points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leery_analyzers.lazy import lazy_regex
from leery_analyzers.packages import manifests
from leery_analyzers.packages.manifests import Named, requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from leery_analyzers.packages.names import Ecosystem

__all__ = ["INSTALL_LANGUAGES", "Named", "in_code", "named"]

_TOOLS = ("pip", "uv", "poetry", "pdm", "rye", "npm", "yarn", "bun", "npx")
_DOES = ("install", " add", "npx", '"add"', "'add'")
"""One of each is in every text with a command; quick to look for."""
_OPTION = r"(?:[ \t]+-[\w-]+(?:=[^\s;&|]*)?)*"
_COMMAND = lazy_regex(
    rf"""(?<![\w./-])(?:
    (?P<pip>(?:pip|pip3|pip3\.\d+|pipx|pipenv){_OPTION}[ \t]+install
        |uv{_OPTION}[ \t]+(?:pip[ \t]+install|add|tool[ \t]+install)
        |(?:poetry|pdm|rye){_OPTION}[ \t]+add)
    |(?P<npm>npm{_OPTION}[ \t]+(?:install|i|add)|(?:yarn|pnpm|bun)(?:[ \t]+global)?{_OPTION}[ \t]+(?:add|install|i))
    |(?P<npx>npx|bunx|(?:pnpm|yarn)[ \t]+dlx|npm[ \t]+exec)
    )(?=[ \t\\])""",
    re.VERBOSE,
)
_LISTED = lazy_regex(
    r"""["'](?:(?P<pip>pip3?|uv|poetry)|(?P<npm>npm|yarn|pnpm|bun))["']\s*,\s*["'](?:install|add|i)["']"""
    r"""(?P<rest>(?:\s*,\s*["'][^"'\n]*["'])*)"""
)
_REQUIRED = lazy_regex(
    r"""\b(?:install_requires|setup_requires|tests_require)\s*=\s*\["""
    r"""(?P<items>(?:"[^"\n]*"|'[^'\n]*'|\#[^\n]*\n|[^\]"'#])*)\]"""
)
_ARGUMENT = lazy_regex(
    r"""(?P<gap>(?:[ \t]|\\\r?\n|\\\r)+)"""
    r"""(?P<word>"[^"\n\r]*"|'[^'\n\r]*'|[^\s;&|()`"'#<>\\]+(?:[<>=!~]=?[\w.*,<>=!~]+)?)"""
)
_WITH_VALUE = frozenset(
    """
    -r --requirement -c --constraint -e --editable -t --target -G --group --extra -E --extras -p --python -w --workspace
    --prefix -C --filter --platform --root --src --proxy --retries --timeout --cache-dir --dev-group --optional --abi
    --log --only-binary --no-binary --cert --client-cert --trusted-host --package --tag --branch --rev --source -d
    """.split()  # noqa: SIM905 - reads as text
)
_ELSEWHERE = lazy_regex(r"-i|-f|--(?:extra-)?index-url|--index|--default-index|--find-links|--registry|--no-index")
_NPM = lazy_regex(r"(?P<name>(?:@[A-Za-z0-9][\w.~-]*/)?[A-Za-z0-9_][\w.~-]*)(?:@[\w.^~<>=*|-]*)?")
_FENCE = lazy_regex(r"^[ \t>]{0,8}(?P<mark>```+|~~~+)[ \t]*(?P<info>[^\n\r`]*)\r?$", re.MULTILINE)
_SHELLS = frozenset(
    {"", "bash", "sh", "shell", "zsh", "console", "terminal", "text", "txt", "shellscript", "powershell"}
)
_SHELLS |= {"ps1", "cmd", "bat", "shell-session", "sh-session", "dockerfile", "docker", "fish", "plaintext"}
_INLINE = lazy_regex(r"(?<!`)`([^`\n\r]+)`(?!`)")


def named(language: str, text: str) -> list[Named]:
    """The packages that a text of one of `INSTALL_LANGUAGES` names, in order."""
    text = re.sub(r"\r(?!\n)", "\n", text)  # as long as before
    return sorted(_READERS[language](text), key=lambda found: found.start)


def in_code(text: str) -> Iterator[Named]:
    """The packages that commands within code name: in strings, comments and lists of arguments.

    Words after a command may be prose, so only its first argument counts. Also what setup.py lists as required.
    """
    if "_require" in text:
        yield from _setup(text)
    if any(map(text.__contains__, _DOES)) and any(map(text.__contains__, _TOOLS)):
        yield from _commands(text, 0, first_only=True)
        yield from _argument_lists(text)


def _setup(text: str) -> Iterator[Named]:
    for array in _REQUIRED.finditer(text):
        for string in re.finditer(r"""#[^\n]*|"([^"\n]*)"|'([^'\n]*)'""", array["items"]):
            group = 1 if string[1] is not None else 2
            name = requirement(string[group] or "")
            if name:
                start = array.start("items") + string.start(group) + string[group].index(name)
                yield Named(start, start + len(name), name, "pypi")


def _shell(text: str) -> Iterator[Named]:
    yield from _commands(_without_comments(text), 0)
    yield from _argument_lists(text)


def _without_comments(text: str) -> str:
    """The text with lines that are comments blanked."""
    return re.sub(r"^[ \t]*#[^\n\r]*", lambda comment: " " * len(comment[0]), text, flags=re.MULTILINE)


def _markdown(text: str) -> Iterator[Named]:
    """Commands in fenced blocks of a shell and in code within lines."""
    opened: re.Match[str] | None = None
    prose = 0
    for fence in _FENCE.finditer(text):
        if opened is None:
            yield from _inline(text, prose, fence.start())
            opened = fence
        elif fence["mark"].startswith(opened["mark"]) and not fence["info"].strip():
            info = opened["info"].strip().split(" ")[0].strip("{}.").lower()
            if info in _SHELLS:
                yield from _commands(_without_comments(text[opened.end() : fence.start()]), opened.end())
            opened, prose = None, fence.end()
    if opened is None:
        yield from _inline(text, prose, len(text))


def _inline(text: str, start: int, end: int) -> Iterator[Named]:
    for code in _INLINE.finditer(text, start, end):
        yield from _commands(code[1], code.start(1))


def _commands(text: str, base: int, *, first_only: bool = False) -> Iterator[Named]:
    for command in _COMMAND.finditer(text):
        ecosystem: Ecosystem = "pypi" if command["pip"] else "npm"
        found = _arguments(text, command.end(), ecosystem)
        if found and (first_only or command["npx"]):
            found = found[:1]
        for start, word in found:
            name = _name(ecosystem, word)
            if name:
                yield Named(base + start, base + start + len(name), name, ecosystem)


def _arguments(text: str, at: int, ecosystem: Ecosystem) -> list[tuple[int, str]]:
    """Start and text of a command's arguments that are no options; none if they come from elsewhere."""
    found: list[tuple[int, str]] = []
    skip = False
    while (match := _ARGUMENT.match(text, at)) is not None:
        at, start, word = match.end(), match.start("word"), match["word"]
        if word[0] in "\"'":
            start, word = start + 1, word[1:-1]
        if skip:
            skip = False
        elif word.startswith("-"):
            if _ELSEWHERE.fullmatch(word.partition("=")[0]) and not _is_public(text, word, at):
                return []
            skip = "=" not in word and (word in _WITH_VALUE or _ELSEWHERE.fullmatch(word) is not None)
            skip = skip and not (ecosystem == "npm" and word in {"-d", "-E", "-e", "-f", "-i", "-p", "-r"})
        else:
            found.append((start, word))
    return found


def _is_public(text: str, word: str, at: int) -> bool:
    """Whether an option names a registry that everybody uses."""
    value = word.partition("=")[2] or text[at : at + 80].partition("\n")[0]
    return manifests.PUBLIC.search(value) is not None


def _argument_lists(text: str) -> Iterator[Named]:
    """Commands as lists of strings: ``[sys.executable, "-m", "pip", "install", "x"]``."""
    for command in _LISTED.finditer(text):
        words = [
            (m.start(1) + command.start("rest"), m[1]) for m in re.finditer(r"""["']([^"'\n]*)["']""", command["rest"])
        ]
        if any(_ELSEWHERE.fullmatch(word.partition("=")[0]) for _, word in words):
            continue
        ecosystem: Ecosystem = "pypi" if command["pip"] else "npm"
        before = ""
        for start, word in words:
            name = "" if word.startswith("-") or before in _WITH_VALUE else _name(ecosystem, word)
            before = word
            if name:
                yield Named(start, start + len(name), name, ecosystem)


def _name(ecosystem: Ecosystem, word: str) -> str:
    """The package's name that an argument starts with; empty if it names none."""
    if ecosystem == "pypi":
        return requirement(word.partition("@")[0] if "@" in word and "://" not in word else word)
    match = _NPM.fullmatch(word)
    return match["name"] if match is not None and not word.endswith((".tgz", ".tar.gz", ".js", ".json")) else ""


_READERS: Mapping[str, Callable[[str], Iterator[Named]]] = {
    "pip-requirements": manifests.requirements,
    "toml": manifests.pyproject,
    "json": manifests.package_json,
    "dockerfile": _shell,
    "shellscript": _shell,
    "markdown": _markdown,
}
INSTALL_LANGUAGES = tuple(_READERS)
"""Language ids of texts that name packages to be installed and hold no code that is parsed."""
