"""The report's page: figures, drawings and blocks put into the template, with a policy that admits only its own code.

Everything from the log goes through Jinja's escaping or into a script element that is not run; characters that hide or
reorder others are shown by their code points, here for the fixed part and in the page's script for the blocks.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from leery.log.report import blocks, chart
from leery.log.report.figures import SEVERITIES, Figures
from leery_analyzers.weaknesses import owasp_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from leery.log.reader import LogReader
    from leery.log.summary import Summary
    from leery_analyzers.model import Rule

_SCRIPTS = ("page.js", "texts.js", "rows.js", "details.js", "explorer.js")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TEXT = 400
_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True, slots=True)
class Integrity:
    """What verification said of the log.

    Attributes:
        fault: the first thing that is wrong, None when the log holds.
        unknown: why nobody can say, None when somebody can.
        entries: how many entries were checked.
        root: the root of the tree over them, in hexadecimal.
        origin: the log's name, None in an empty one.
        checkpoints: what it agrees with.
        outside: how many of these were kept elsewhere.
        remarks: what is no fault but a reviewer should know.
    """

    fault: str | None = None
    unknown: str | None = None
    entries: int = 0
    root: str = ""
    origin: str | None = None
    checkpoints: tuple[str, ...] = ()
    outside: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What the report is of.

    Attributes:
        name: of the workspace.
        made: when the report is made, with its zone.
        version: Leery's.
        unread: why the log could be read in part only, or None.
        file: the file that it is about, None for the whole workspace.
    """

    name: str
    made: datetime
    version: str
    unread: str | None = None
    file: str | None = None


def render(
    subject: Subject,
    integrity: Callable[[], Integrity],
    summary: Summary,
    figures: Figures,
    *,
    reader: LogReader,
    rules: Mapping[str, Rule],
    texts: bool = True,
    most_blocks: int = blocks.MOST_BLOCKS,
) -> Iterator[str]:
    """The page, piece by piece.

    Args:
        subject: what it is of.
        integrity: gives what verification said; asked last, for that takes as long as all else.
        summary: of the whole log.
        figures: of the summary.
        reader: of the log, for what stands beside the entries.
        rules: the known rules by id.
        texts: whether to give code, prompts, reasons and names.
        most_blocks: how many blocks to show in full.

    Raises:
        LogUnreadableError: the log cannot be read any more.
    """
    shown = blocks.chosen(summary, figures, most_blocks)
    chunks = [Markup(chunk) for chunk in blocks.Chunks(reader, shown.blocks, texts=texts)]  # noqa: S704 - holds no "<"
    script = "\n".join(_file(name) for name in _SCRIPTS)
    style = _file("page.css")
    context: dict[str, Any] = {
        "policy": _POLICY.format(script=_digest(script), style=_digest(style)),
        "script": Markup(script),  # noqa: S704 - our own files
        "style": Markup(style),  # noqa: S704
        "subject": subject,
        "summary": summary,
        "figures": figures,
        "severities": SEVERITIES,
        "lines": chart.lines_over_time(summary),
        "changes": chart.findings_over_time(summary),
        "chart": chart,
        "words": _words(reader, figures) if texts else {},
        "shown": shown,
        "table": Markup(blocks.table(shown, figures, rules)),  # noqa: S704 - holds no "<"
        "chunks": chunks,
        "texts": texts,
        "integrity": integrity(),
    }
    return _environment().get_template("page.html").generate(context)


def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({name: _file(name) for name in ("page.html", "parts.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=visible, number=_number, percent=_percent, day=_day, owasp=owasp_name, path=_path, short=_short
    )
    return environment


def _file(name: str) -> str:
    file = files("leery.log.report") / "page" / name
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _words(reader: LogReader, figures: Figures) -> dict[int, Mapping[str, str | None]]:
    """Reason and person of the suppressions that the page lists, by entry."""
    wanted = [row.suppression.index for row in figures.lapsing]
    return {index: record.texts for index, record in reader.at(wanted).items()}


def visible(value: object, limit: int = _TEXT) -> Markup:
    """Text for the page, on one line and cut, in which what an eye cannot see is shown by its code point."""
    text = str(value)
    cut = text[:limit] + ("…" if len(text) > limit else "")
    if cut.isascii() and cut.isprintable():
        return escape(cut)
    return Markup("").join(_shown(char) for char in cut.replace("\n", " "))


def _shown(char: str) -> Markup:
    if unicodedata.category(char) in _HIDDEN:
        return Markup('<span class="hidden-char">U+{:04X}</span>').format(ord(char))
    return escape(char)


def _path(value: str) -> Markup:
    """A path whose last part stands out."""
    folder, slash, name = value.rpartition("/")
    return Markup('<span class="path"><span class="folder">{}</span><b>{}</b></span>').format(
        visible(folder + slash), visible(name)
    )


def _number(value: int) -> str:
    return f"{value:,}"


def _percent(part: float, whole: float) -> str:
    """A share in words: no rounding to nothing or to everything."""
    if not whole or not part:
        return "0 %"
    share = 100 * part / whole
    if share < 1:
        return "< 1 %"
    return "> 99 %" if 99 < share < 100 else f"{share:.0f} %"


def _day(time: str) -> Markup:
    """The day of a time as entries have it."""
    return visible(time[:10])


def _short(value: str, length: int = 12) -> str:
    return value[:length]
