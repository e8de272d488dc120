"""Reports in Debian's Chromium, as a reviewer opens them: files, with every message and request of the page noted."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.server.log.story import STORY, lapse_of, write

from leery.cli.log import command
from leery.paths import log_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

VIEWPORT = {"width": 1280, "height": 900}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
REVIEW = 4  # place of the review in the story


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for one module: as long as it runs, so does an event loop, and no other module's could be started."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Opened:
    """A report in a browser, with what it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def rows(self) -> list[str]:
        """The places of the rows that exist, in their order on the screen."""
        script = """() => [...document.querySelectorAll('.row')].sort((a, b) => a.dataset.at - b.dataset.at)
            .map((row) => row.querySelector('.where').textContent)"""
        return list(self.page.evaluate(script))

    def count(self) -> str:
        return self.page.inner_text("#count")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """One page for every test of a module that asks for no special one: each other costs three processes."""
    return browser.new_page(viewport=VIEWPORT)


@pytest.fixture
def opened(browser: Browser, tab: Page) -> Iterator[Callable[..., Opened]]:
    with contextlib.ExitStack() as afterwards:

        def open_report(path: Path, **options: Any) -> Opened:
            page = browser.new_page(viewport=VIEWPORT, **options) if options else tab
            if options:
                afterwards.callback(page.context.close)
            shown = Opened(page)
            for event, hear in (
                ("console", lambda message: shown.said.append(message.text)),
                ("pageerror", lambda error: shown.said.append(str(error))),
                ("request", lambda request: shown.asked.append(request.url)),
            ):
                page.on(event, hear)
                afterwards.callback(page.remove_listener, event, hear)
            page.goto(path.as_uri())
            return shown

        yield open_report


@dataclass(frozen=True)
class Made:
    """A workspace with a log, and the way to have a report of it."""

    root: Path
    out: Path

    @property
    def database(self) -> Path:
        return log_path(self.root)

    def report(self, *arguments: str, code: int = 0) -> Path:
        """Run the command."""
        path = self.out / "report.html"
        result = CliRunner().invoke(command, ["report", "--html", str(path), "--workspace", str(self.root), *arguments])
        assert result.exit_code == code, result.output
        return path


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Made]]:
    """Makes workspaces, each with a state folder that is nobody else's."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))

    def make(name: str) -> Made:
        root = tmp_path_factory.mktemp("work") / name
        root.mkdir()
        (root / "leery.toml").touch()
        return Made(root, tmp_path_factory.mktemp("out"))

    yield make
    patch.undo()


@pytest.fixture(scope="module")
def small(workspaces: Callable[[str], Made]) -> Made:
    """The small log; the review of its first block has lapsed."""
    made = workspaces("shop")
    ids = write(made.database)
    write(made.database, [lapse_of(ids[REVIEW])])
    assert STORY[REVIEW][1].type == "review"
    return made


@pytest.fixture(scope="module")
def report(small: Made) -> Path:
    return small.report()
