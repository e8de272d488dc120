"""Model and rule files: their form, that they agree with each other, and that users can add their own."""

import json

import jsonschema
import pytest

from leery_analyzers.analyzer import Unit
from leery_analyzers.dataflow import model_files
from leery_analyzers.dataflow.analyzer import DataflowAnalyzer
from leery_analyzers.dataflow.model_files import FOLDER, ModelError, add, check, models_for
from leery_analyzers.dataflow.models import Models
from leery_analyzers.dataflow.rules import flow_rules
from leery_analyzers.units import segment

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
FILES = sorted(FOLDER.rglob("*.toml"))
EXAMPLES = [(name, example) for name, rule in flow_rules().items() for example in (*rule.invalid, *rule.valid)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_model_file_has_the_form(path):
    data = model_files.tomllib.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert data["language"] == path.parent.name


def test_models_speak_of_rules_that_exist():
    spoken: set[str] = set()
    for language in sorted({path.parent.name for path in FILES}):
        known = models_for(language)
        classes = {sink.rule for sinks in [*known.sinks.values(), *known.assigned.values()] for sink in sinks}
        classes |= {fixed.rule for listed in known.fixed.values() for fixed in listed}
        if any(source.origin == "archive" for source in known.calls.values()):
            classes.add("zip-slip")  # where paths of an archive's members lead
        assert classes == {name for name, rule in flow_rules().items() if language in rule.rule.languages}
        cleared = {name for model in [*known.sanitizers.values(), *known.guards.values()] for name in model.classes}
        assert cleared <= set(flow_rules()) | {"*", "html-text", "html-double", "html-single"}
        assert {route.returns for routes in known.routes.values() for route in routes} <= set(flow_rules()) | {""}
        spoken |= classes
    assert spoken == set(flow_rules())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[sink]]\n", "there is no table 'sink'"),
        ('[[sinks]]\ncall = ["f"]\nrule = "x"\nargs = [0]\n', "entry 1 of sinks: there is no key 'args'"),
        ('[[sinks]]\ncall = ["f"]\n', "entry 1 of sinks: it lacks 'rule'"),
        ('[[sinks]]\ncall = ["f"]\nrule = "x"\nreceiver = "("\n', "entry 1 of sinks: receiver is no regular"),
        ("[[sinks]\n", "mine.toml: "),
    ],
)
def test_a_wrong_model_file_says_where(text, message):
    with pytest.raises(ModelError, match=r"^mine\.toml: ") as caught:
        add(Models(), text, "mine.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[exits]]\ncall = ["f"]\n', "language is None"),
        ('language = "cobol"\n', "language is 'cobol', and not one of java, javascript, python"),
        ('language = "python"\n[[sinks]]\ncall = ["f"]\nrule = "none"\nargument = [0]\n', "there is no rule 'none'"),
        ('language = "python"\n[[sinks]]\ncall = ["f"]\n', "entry 1 of sinks: it lacks 'rule'"),
    ],
)
def test_a_wrong_model_of_a_users_says_where(text, message):
    with pytest.raises(ModelError, match=r"^mine\.toml: ") as caught:
        check("mine.toml", text)
    assert message in str(caught.value)


def test_a_user_adds_models():
    text = """
        language = "python"

        [[sources]]
        call = ["ours.read"]
        origin = "network"
        title = "our queue"

        [[sinks]]
        call = ["ours.run"]
        argument = ["script"]
        rule = "code-eval"

        [[sanitizers]]
        call = ["ours.tame"]
        reason = "it is tamed"
    """
    mine = check("ours.toml", text)
    code = "import ours as o\no.run(script=o.read())\no.run(script=o.tame(o.read()))\n"
    [finding] = DataflowAnalyzer((mine,)).analyze(Unit("python", "statements", "", 0, 0, code)).findings
    assert (finding.rule, code[finding.range.start : finding.range.end]) == ("code-eval", "o.read()")
    assert finding.message.startswith("Data from our queue (`o.read()`) reaches code that is run unchecked.")
    assert models_for("python").calls.get("ours.read") is None


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_of_a_rule_holds(name, example):
    found = []
    for unit in segment(example.code, example.language):
        found += [f.shift(unit.start) for f in DataflowAnalyzer().analyze(unit).findings if f.rule == name]
    if example.at:
        plain, before, after = example.at, 0, 0
        if "«" in plain:
            before, after = plain.index("«"), len(plain) - plain.index("»") - 1
            plain = plain.replace("«", "").replace("»", "")
        assert example.code.count(plain) == 1
        start = example.code.index(plain)
        assert [(f.range.start, f.range.end) for f in found] == [(start + before, start + len(plain) - after)]
    else:
        assert found == []
        assert example.reason.endswith(".")


def test_every_rule_has_its_page():
    for name, rule in flow_rules().items():
        assert len(rule.invalid) >= 2
        assert len(rule.valid) >= 2
        assert rule.rule.id == name
        assert rule.rule.engine == "dataflow"
        assert rule.harm.endswith(".")
        assert rule.rule.cwe[0].startswith("CWE-")
    assert DataflowAnalyzer().rules() == tuple(rule.rule for rule in flow_rules().values())
