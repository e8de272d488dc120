"""bandit's tests as rules, read from bandit itself so that a new test needs no line here.

bandit states severity, confidence and weakness only where a test creates its issue, so they are read from the test's
syntax; the worst of several issues speaks for the rule.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bandit.core import docs_utils, issue

from leery_analyzers.bandit.engine import EXTENSIONS
from leery_analyzers.bandit.terms import level, weaknesses
from leery_analyzers.cwe import owasp_of
from leery_analyzers.model import LEVELS, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leery_analyzers.model import Level

_HEADING = re.compile(r"\bB\d{3}:\s*(?:Test (?:for )?(?:the )?)?(.+?)[.*\s]*$", re.MULTILINE)
_DOCUMENTED = re.compile(r"Severity:\s*(\w+)\s+Confidence:\s*(\w+)")
_Grades = list[tuple[str, str]]


@cache
def rules() -> tuple[Rule, ...]:
    """Every test that the engine runs, by id."""
    listed = {entry["id"]: entry for entries in EXTENSIONS.blacklist.values() for entry in entries}
    found = [_of_plugin(test, extension.plugin) for test, extension in EXTENSIONS.plugins_by_id.items()]
    found += [_of_listed(entry) for entry in listed.values()]
    return tuple(sorted(found, key=lambda rule: rule.id))


def _of_listed(entry: dict[str, Any]) -> Rule:
    name = entry["name"].replace("_", " ").replace("-", " ")
    summary = f"Import of {name[len('import ') :]}" if name.startswith("import ") else f"Use of {name}"
    names = ", ".join(f"`{name}`" for name in entry["qualnames"])
    return _rule(entry["id"], summary, f"bandit lists {names}.", (level(entry["level"]), "high"), entry["cwe"])


def _of_plugin(test: str, plugin: Any) -> Rule:
    module = importlib.import_module(plugin.__module__)
    pages = [inspect.cleandoc(page) for page in (plugin.__doc__, module.__doc__) if page]
    summary = next((match[1] for page in pages if (match := _HEADING.search(page))), plugin.__name__.replace("_", " "))
    issues = list(_issues(module, plugin.__name__))
    graded = [grade for call in issues for grade in _grades(call)]
    graded += [(low.upper(), sure.upper()) for page in pages for low, sure in _DOCUMENTED.findall(page)]
    worst = max(((level(bad), level(sure)) for bad, sure in graded), key=_height, default=("medium", "medium"))
    numbers = [getattr(issue.Cwe, name) for call in issues for name in _attributes(call, "cwe") if name != "Cwe"]
    return _rule(test, summary, f"bandit's test `{plugin.__name__}`.", worst, numbers[0] if numbers else 0)


def _rule(test: str, summary: str, description: str, grade: tuple[Level, Level], cwe: int) -> Rule:
    names, page = weaknesses(test, cwe), docs_utils.get_url(test)
    return Rule(
        id=test,
        summary=summary[0].upper() + summary[1:],
        description=f"{description} [bandit's documentation]({page}) says what it looks for and what to do instead.",
        severity=grade[0],
        confidence=grade[1],
        cwe=names,
        engine="bandit",
        languages=("python",),
        owasp=owasp_of(names),
        references=(page,),
    )


def _height(grade: tuple[Level, Level]) -> tuple[int, int]:
    return LEVELS.index(grade[0]), LEVELS.index(grade[1])


@cache
def _functions(module: Any) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _issues(module: Any, name: str) -> Iterator[ast.Call]:
    """Calls that create an issue, in the function and in those of its module that it calls."""
    functions = _functions(module)
    todo, seen = [name], {name}
    while todo:
        for node in ast.walk(functions[todo.pop()]):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            if called == "Issue":
                yield node
            elif called in functions and called not in seen:
                seen.add(called)
                todo.append(called)


def _grades(call: ast.Call) -> _Grades:
    """Severity and confidence of an issue, where they are constants; several when an expression chooses."""
    return [(bad, sure) for bad in _attributes(call, "severity") for sure in _attributes(call, "confidence")]


def _attributes(call: ast.Call, argument: str) -> list[str]:
    values = [keyword.value for keyword in call.keywords if keyword.arg == argument]
    return [node.attr for value in values for node in ast.walk(value) if isinstance(node, ast.Attribute)]
