"""``leery demo``: a real editing session against the real server, every step shown as an editor would show it."""

from __future__ import annotations

import os
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import click

from leery.cli.demo.client import Client, DemoError
from leery.cli.demo.show import Stage

Json = dict[str, Any]


@click.command("demo")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Also save the picture of the session.")
@click.option("--width", type=click.IntRange(60, 200), default=None, help="Width of the output in columns.")
def command(*, svg: Path | None, width: int | None) -> None:
    """Play an editing session against the real server and show every step.

    Nothing of yours is touched: the workspace, the state and the log live in a temporary folder.
    """
    stage = Stage(width, record=svg is not None)
    with tempfile.TemporaryDirectory(prefix="leery-demo-", ignore_cleanup_errors=True) as folder:
        try:
            _play(Path(folder), stage)
        except DemoError as error:
            raise click.ClickException(f"{error}; `leery doctor` tells what is missing") from error
    if svg is not None:
        stage.save(svg)


def _play(folder: Path, stage: Stage) -> None:
    workspace, home = folder / "shop", folder / "home"
    workspace.mkdir()
    home.mkdir(mode=0o700)
    shop = workspace / "shop.py"
    shop.write_text(_sample("shop.txt"), encoding="utf-8")
    variables = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")
    env = {**os.environ, **dict.fromkeys(variables, str(home))}
    client = Client(workspace, env)
    try:
        client.initialize()
        client.open(shop, "python")
        client.settle()
        _assistant_writes(client, stage)
        _person_writes(client, stage)
        _fixed(client, stage)
        _suppressed(client, stage)
        stage.end_picture()
        _reviewed(client, stage)
    finally:
        client.close()
    stage.log(workspace, env)


def _assistant_writes(client: Client, stage: Stage) -> None:
    stage.title("A completion is accepted: a Flask view")
    at = client.text.index("if __name__")
    seconds = client.insert(
        at, _sample("completion.txt"), kind="completion", evidence="reported", assistant="copilot", model="gpt-5-mini"
    )
    stage.note(f"first finding on screen after {seconds * 1000:.0f} ms")
    client.settle()
    stage.code(client, client.request("leery/blocks", textDocument={"uri": client.uri}))

    stage.start_picture()
    stage.title("A shell helper is pasted")
    at = client.text.index("if __name__")
    seconds = client.insert(at, _sample("paste.txt"), kind="paste", evidence="observed")
    stage.note(f"first finding on screen after {seconds * 1000:.0f} ms")
    client.settle()
    stage.code(client, client.request("leery/blocks", textDocument={"uri": client.uri}))


def _person_writes(client: Client, stage: Stage) -> None:
    stage.title("A person types a line: it is theirs, and quiet")
    line = '    os.system("clear " + path)\n'
    at = client.text.index("    with open(path")
    client.insert(at, line)
    client.settle()
    row = client.text[:at].count("\n")
    stage.code(client, [], typed=(row,))
    shown = [item for item in client.diagnostics if item["range"]["start"]["line"] == row]
    stage.note(f"{len(shown)} findings shown in line {row + 1}")


def _fixed(client: Client, stage: Stage) -> None:
    stage.title("A proven fix is applied")
    offered = [action for item in client.diagnostics for action in _actions(client, item)]
    fixes = [action for action in offered if "data" in action and "fix" in action["data"]]
    if not fixes:
        raise DemoError("no fix was offered")
    action = next((fix for fix in fixes if fix.get("isPreferred")), fixes[0])
    before = client.text
    client.apply(client.request("codeAction/resolve", **action)["edit"])
    stage.diff(action["title"], before, client.text)
    client.settle()


def _suppressed(client: Client, stage: Stage) -> None:
    stage.title("A finding is suppressed, with a reason")
    item = client.diagnostics[-1]
    action = next(a for a in _actions(client, item) if (a.get("command") or {}).get("command") == "leery.suppress")
    argument = {**action["command"]["arguments"][0], "reason": "the name comes from our own catalogue"}
    client.request("workspace/executeCommand", command="leery.suppress", arguments=[argument])
    fingerprint = argument["fingerprint"]
    client.wait(lambda: all(d["data"]["fingerprint"] != fingerprint for d in client.diagnostics))
    stage.note(f"{item['code']}: hidden, and in the log with its reason")


def _reviewed(client: Client, stage: Stage) -> None:
    stage.title("A person reviews the completion")
    blocks = client.request("leery/blocks", textDocument={"uri": client.uri})
    block = next(block for block in blocks if block["origin"]["kind"] == "completion")
    argument = {"uri": client.uri, "block": block["id"], "decision": "approved", "note": "query to be parameterised"}
    client.request("workspace/executeCommand", command="leery.review", arguments=[argument])
    stage.code(client, client.request("leery/blocks", textDocument={"uri": client.uri}))


def _actions(client: Client, item: Json) -> list[Json]:
    params = {"textDocument": {"uri": client.uri}, "range": item["range"], "context": {"diagnostics": [item]}}
    actions: list[Json] = client.request("textDocument/codeAction", **params)
    return actions


def _sample(name: str) -> str:
    return (resources.files("leery.cli.demo") / "sample" / name).read_text(encoding="utf-8")
