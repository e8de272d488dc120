"""``leery rules``: lists and explains every rule, writes new ones, runs their examples.

A check is Python, so loading one runs it. Only files that a person names on the command line are loaded, and only those
that import the form of a check; nothing is taken from a workspace by itself.
"""

from __future__ import annotations

import difflib
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from leery.cli.rules_files import RuleFileError, run_examples, write_check, write_semgrep_rule
from leery.cli.rules_forms import CHECKED_LANGUAGES, NEW_LANGUAGES
from leery.output import json_text, printable
from leery_analyzers.checks.discovery import all_checks
from leery_analyzers.checks.examples import example_language
from leery_analyzers.registry import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from leery_analyzers.checks.base import Check
    from leery_analyzers.model import Rule

_STYLES = {"high": "bold red", "medium": "yellow", "low": "cyan"}
_WIDE = 200  # columns where no terminal gives the width


@click.group("rules")
def command() -> None:
    """List, explain, create and test rules."""


@command.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print them.")
@click.option(
    "--engine", type=click.Choice(["checks", "dataflow", "bandit", "semgrep"]), help="Only rules of this engine."
)
@click.option("--language", metavar="ID", help="Only rules that look at this language, e.g. python.")
def list_rules(form: str, engine: str | None, language: str | None) -> None:
    """List every rule of every engine, sorted by engine and id."""
    known = catalogue()
    for notice in known.notices:
        click.echo(printable(f"{notice.engine}: {notice.message}"), err=True)
    rules = [
        rule
        for rule in sorted(known.rules.values(), key=_by_engine)
        if engine in {None, rule.engine} and (language is None or {language, "*"} & set(rule.languages))
    ]
    if form == "json":
        click.echo(json_text([asdict(rule) for rule in rules]), nl=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Rule", "Severity", "Confidence", "CWE", "Engine", "Finds"):
        table.add_column(title, no_wrap=title != "Finds")
    for rule in rules:
        severity = Text(rule.severity, style=_STYLES[rule.severity])
        cwe = rule.cwe[0] if rule.cwe else ""
        table.add_row(rule.id, severity, rule.confidence, cwe, rule.engine, printable(rule.summary))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


@command.command("show")
@click.argument("rule_id", metavar="ID")
def show_rule(rule_id: str) -> None:
    """Explain one rule: what it finds, why it matters, and code with and without it."""
    rules = catalogue().rules
    rule = rules.get(rule_id)
    if rule is None:
        close = difflib.get_close_matches(rule_id, rules, n=3)
        hint = f"; did you mean {', '.join(close)}?" if close else "; leery rules list shows them all"
        raise click.UsageError(f"there is no rule {printable(rule_id)}{hint}")
    console = Console()
    console.print(Text(rule.id, style="bold"), Text(rule.summary))
    console.print(_facts(rule))
    console.print(Markdown(printable(rule.description, keep="\n")))
    check = next((check for check in all_checks() if check.id == rule_id), None)
    for part in _examples(check) if check is not None else ():
        console.print(part)
    for address in rule.references:
        console.print(Text(address, style="dim"))


@command.command("new")
@click.argument("rule_id", metavar="ID")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write it here; needed when Leery is installed, not checked out.",
)
@click.option("--language", type=click.Choice(NEW_LANGUAGES), default="python", help="What it looks at.")
@click.option(
    "--semgrep",
    is_flag=True,
    help="A semgrep rule with its annotated example, in place of a check; always so for C.",
)
def new_rule(rule_id: str, folder: Path | None, language: str, *, semgrep: bool) -> None:
    """Write a new rule with examples that hold; change them first, then the rule.

    ID is the name of the thing found, in lower case with hyphens: tls-verification-off.

    A server loads the checks that are part of Leery, never those of another folder, since they are programs. For rules
    of your own project write semgrep rules and name their folder in the configuration.
    """
    if rule_id in catalogue().rules:
        raise click.UsageError(f"there is a rule {rule_id} already")
    try:
        if semgrep or language not in CHECKED_LANGUAGES:
            files = write_semgrep_rule(rule_id, language, folder)
        else:
            files = write_check(rule_id, language, folder)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
    for file in files:
        click.echo(f"wrote {printable(str(file))}")
    click.echo(f"next: leery rules test {printable(str(files[0]))}")


@command.command("test")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_context
def test_rules(context: click.Context, paths: tuple[Path, ...]) -> None:
    r"""Run the examples of rules: place, message, fixes, and that fixed code is clean.

    PATH is a check, a semgrep rule, or a folder of both; without one, all rules of Leery are tested. A check is a
    program: testing it runs it.

    \b
    Exit codes:
      0  every example holds
      1  some do not
      2  wrong use, or a file that is no rule
      3  semgrep is not installed
    """
    try:
        outcome = run_examples(paths)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
    for failure in outcome.failures:
        place = f"{failure.rule} {failure.example}".rstrip()
        click.echo(printable(f"{place}: {failure.reason}"))
    click.echo(f"{outcome.rules} rules, {outcome.examples} examples, {len(outcome.failures)} failures")
    for line in outcome.missing:
        click.echo(printable(line), err=True)
    context.exit(1 if outcome.failures else 3 if outcome.missing else 0)


def _by_engine(rule: Rule) -> tuple[int, str]:
    return ("checks", "dataflow", "semgrep", "bandit").index(rule.engine), rule.id


def _facts(rule: Rule) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("Severity", Text(rule.severity, style=_STYLES[rule.severity]))
    table.add_row("Confidence", rule.confidence)
    table.add_row("CWE", ", ".join(rule.cwe))
    if rule.owasp:
        table.add_row("OWASP", ", ".join(rule.owasp))
    table.add_row("Engine", rule.engine)
    table.add_row("Languages", "every text" if rule.languages == ("*",) else ", ".join(rule.languages))
    return table


def _examples(check: Check) -> Iterator[RenderableType]:
    for example in check.INVALID:
        language = example.language or example_language(check)
        yield Text("\nFound:", style="bold red")
        yield _code(example.code, language)
        yield Text(printable(example.message), style="italic")
        for fixed in example.fixed[:1]:
            yield Text("Fixed:", style="bold green")
            yield _code(fixed, language)
    for valid in check.VALID:
        code = valid if isinstance(valid, str) else valid.code
        own = "" if isinstance(valid, str) else valid.language
        yield Text("\nLeft alone:", style="bold green")
        yield _code(code, own or example_language(check))


def _code(code: str, language: str) -> Syntax:
    lexer = {"javascriptreact": "jsx", "typescriptreact": "tsx", "plaintext": "text"}.get(language, language)
    shown = printable(code.rstrip("\n"), keep="\n")
    return Syntax(shown, lexer, background_color="default", word_wrap=True, padding=(0, 2))
