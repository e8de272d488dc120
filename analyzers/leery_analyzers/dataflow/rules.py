"""The rules of dataflow: one TOML file each under ``rules/``, read once.

A rule names the class of harm that sinks refer to. Its file holds the metadata, how much a function's own parameters
count as sources, and examples, which are its documentation and its tests.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from leery_analyzers.model import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leery_analyzers.model import Level

FOLDER = Path(__file__).with_name("rules")
MODELS = Path(__file__).with_name("models")
_IDS = {"javascript": ("javascript", "javascriptreact", "typescript", "typescriptreact")}
"""Language ids of the languages whose models are for more than one."""
Weight = Literal["none", "low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Example:
    """Code of a rule's page.

    Attributes:
        code: a small file.
        at: what is marked, for vulnerable code; the part stands once in `code`.
        reason: why it is quiet, for harmless code.
        language: what it is written in.
    """

    code: str
    at: str = ""
    reason: str = ""
    language: str = "python"


@dataclass(frozen=True, slots=True)
class FlowRule:
    """A rule and how it weighs its sources.

    Attributes:
        rule: as in the catalogue.
        noun: what the data reaches, for messages.
        harm: what can come of it, a sentence.
        context: which contexts tell harmless places (see `contexts`).
        parameter: confidence when a parameter of a function nobody here calls is put into a text.
        whole: confidence when such a parameter is passed on as it is.
        local: confidence at most of what the person who runs the program gives it.
        answer: confidence of what another service answers.
        weak: ``none`` if what a function that nothing is known of makes of the data does not count.
        invalid: vulnerable examples.
        valid: harmless ones.
    """

    rule: Rule
    noun: str
    harm: str
    context: str
    parameter: Weight
    whole: Weight
    local: Weight
    answer: Weight
    weak: Weight
    invalid: tuple[Example, ...]
    valid: tuple[Example, ...]


@cache
def flow_rules() -> Mapping[str, FlowRule]:
    """Every rule by its id, sorted."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> FlowRule:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rule = Rule(
        id=path.stem,
        summary=data["summary"],
        description=data["description"].strip(),
        severity=data["severity"],
        confidence=data["confidence"],
        cwe=tuple(data["cwe"]),
        engine="dataflow",
        languages=_languages(path.stem),
        owasp=tuple(data["owasp"]),
        references=tuple(data.get("references", ())),
    )
    return FlowRule(
        rule=rule,
        noun=data["noun"],
        harm=data["harm"],
        context=data.get("context", ""),
        parameter=data["parameter"],
        whole=data["whole"],
        local=data["local"],
        answer=data.get("answer", "low"),
        weak=data.get("weak", "low"),
        invalid=tuple(
            Example(item["code"], at=item["at"], language=item.get("language", "python"))
            for item in data.get("invalid", ())
        ),
        valid=tuple(
            Example(item["code"], reason=item["reason"], language=item.get("language", "python"))
            for item in data.get("valid", ())
        ),
    )


@cache
def _modelled() -> Mapping[str, str]:
    """The text of all models of a language, by the language."""
    folders = sorted(path for path in MODELS.iterdir() if path.is_dir())
    return {
        folder.name: "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml")))
        for folder in folders
    }


def _languages(rule: str) -> tuple[str, ...]:
    """The ids of the languages that have a sink of a rule."""
    spoken = (folder for folder, text in _modelled().items() if f'"{rule}"' in text)
    return tuple(sorted(name for folder in spoken for name in _IDS.get(folder, (folder,))))


def lower(level: Level) -> Level:
    """One step less sure."""
    return "medium" if level == "high" else "low"
