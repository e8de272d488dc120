"""The form of model files: what is told of a wrong one, and that `schema.json` says the same."""

import json

import jsonschema
import pytest

from leery_analyzers.dataflow import model_files
from leery_analyzers.dataflow.model_files import FOLDER, ModelError, add, check
from leery_analyzers.dataflow.model_forms import FORMS, fault
from leery_analyzers.dataflow.models import Models

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
KEYS = [(table, key) for table, form in FORMS.items() for key in form.keys]
VALUES = [
    True,
    0,
    3,
    -1,
    0.5,
    "",
    "x",
    "high",
    "none",
    "nope",
    "request",
    "sql",
    "a(b",
    "mylib.run",
    [],
    [0],
    [-1],
    [True],
    ["x"],
    ["x", "x"],
    ["code-eval"],
    ["Ähnlich.so"],
    ["no name"],
    ["x", 3],
    [["x"]],
    [{}],
    {},
    {"a": 1},
    {"a": []},
    {"a": ["x", 1, True]},
    {"a": [0.5]},
]
WHOLE = {
    "names": {"name": ["f"], "type": "t"},
    "sources": {"call": ["f"], "origin": "request", "title": "t"},
    "parameters": {"name": ["f"], "origin": "request", "title": "t"},
    "routes": {"decorator": ["f"], "title": "t"},
    "sinks": {"call": ["f"], "argument": [0], "rule": "code-eval"},
    "callbacks": {"call": ["f"], "origin": "request", "title": "t"},
    "sanitizers": {"call": ["f"], "reason": "r"},
    "guards": {"call": ["f"], "reason": "r"},
    "propagators": {"call": ["f"]},
    "returns": {"call": ["f"], "type": "t"},
    "exits": {"call": ["f"]},
    "fixed": {"call": ["f"], "argument": [0], "rule": "code-eval", "value": "x"},
}
SINK = '[[sinks]]\ncall = ["mylib.run"]\nargument = [0]\nrule = "code-eval"\n'


def valid(entry, table):
    form = {**SCHEMA, "required": []}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(form, format_checker=checker).is_valid({table: [entry]})


def agree(table, entry):
    """Whether an entry is right, as the schema and the table of forms say alike; a right one is read."""
    right = fault(table, entry) is None
    assert right == valid(entry, table), (entry, fault(table, entry))
    if right:
        model_files._READERS[table](Models(), entry)
    return right


def test_the_schema_knows_the_same_tables():
    tables = {name: part for name, part in SCHEMA["properties"].items() if part["type"] == "array"}
    assert {name: set(part["items"]["properties"]) for name, part in tables.items()} == {
        name: set(form.keys) for name, form in FORMS.items()
    }
    assert WHOLE.keys() == FORMS.keys()


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_the_schema_says_the_same_of_a_key(table, key):
    schema = SCHEMA["properties"][table]["items"]["properties"][key]
    choices = schema.get("enum", [])
    if "$ref" in schema:
        choices = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]].get("enum", [])
    right = [value for value in [*VALUES, *choices] if agree(table, {**WHOLE[table], key: value})]
    assert right
    assert len(right) < len(VALUES)


@pytest.mark.parametrize("table", FORMS)
def test_the_schema_says_the_same_of_what_must_be_there(table):
    assert agree(table, WHOLE[table])
    for key in WHOLE[table]:
        agree(table, {name: value for name, value in WHOLE[table].items() if name != key})
    for one, value in {"type": "t", "assign": ["x"], "read": ["x"], "alias": "a", "owner": ["C"], "bits": 1}.items():
        for key in WHOLE[table]:
            agree(table, {one: value, **{name: kept for name, kept in WHOLE[table].items() if name != key}})
    assert not any(agree(table, wrong) for wrong in (3, "x", ["call"], {}, {"nope": 1}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sinks = [3]\n", "entry 1 of sinks: it must be a table, not 3"),
        ('sinks = [["call"]]\n', "entry 1 of sinks: it must be a table, not ['call']"),
        ("sinks = 3\n", "there is no table 'sinks'"),
        (
            SINK + "when = 3\n",
            "entry 1 of sinks: when must be a table of lists of texts, numbers, true and false, not 3",
        ),
        (SINK.replace('"code-eval"', '["x"]'), "entry 1 of sinks: rule must be the id of a rule, not ['x']"),
        (SINK.replace('["mylib.run"]', '"mylib.run"'), "call must be a list of names, each once, not 'mylib.run'"),
        (SINK + 'confidence = "nope"\n', "entry 1 of sinks: confidence must be one of low, medium, high, not 'nope'"),
        (SINK + SINK + 'receiver = "("\n', "entry 2 of sinks: receiver is no regular expression: missing )"),
        (SINK + 'apart = "a{99999999999999999999}"\n', "entry 1 of sinks: apart is no regular expression: "),
        ('[[sanitizers]]\ncall = ["f"]\nreason = 7\n', "entry 1 of sanitizers: reason must be a text, not 7"),
        (
            '[[sources]]\ncall = ["f"]\norigin = "nope"\ntitle = "t"\n',
            "entry 1 of sources: origin must be one of request, model, input, ",
        ),
        (
            '[[sanitizers]]\ncall = ["f"]\nreason = "r"\nclasses = "code-eval"\n',
            "entry 1 of sanitizers: classes must be a list of ids of rules, not 'code-eval'",
        ),
        ('[[parameters]]\ntype = "t"\norigin = "request"\n', "entry 1 of parameters: it lacks 'title'"),
        ("library = 3\n", "library must be a text, not 3"),
        (f"[[fixed]]\nbits = {'9' * 5000}\n", "Exceeds the limit"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(text, message):
    for read in (lambda: add(Models(), text, "mine.toml"), lambda: check("mine.toml", f'language = "python"\n{text}')):
        with pytest.raises(ModelError, match=r"^mine\.toml: ") as caught:
            read()
        assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (SINK.replace("code-eval", "nope"), "entry 1 of sinks"),
        ('[[fixed]]\ncall = ["f"]\nargument = [0]\nvalue = "x"\nrule = "nope"\n', "entry 1 of fixed"),
        ('[[callbacks]]\ncall = ["f"]\norigin = "request"\ntitle = "t"\nreturns = "nope"\n', "entry 1 of callbacks"),
        ('[[routes]]\ndecorator = ["f"]\ntitle = "t"\nreturns = "nope"\n', "entry 1 of routes"),
        ('[[guards]]\ncall = ["f"]\nreason = "r"\nclasses = ["code-eval", "nope"]\n', "entry 1 of guards"),
        (
            '[[sources]]\ncall = ["f"]\norigin = "file"\ntitle = "t"\nharmless = ["nope"]\n',
            "entry 1 of sources",
        ),
    ],
)
def test_a_rule_that_is_not_there_is_told(text, place):
    with pytest.raises(ModelError) as caught:
        check("mine.toml", f'language = "python"\n{text}')
    assert str(caught.value) == f"mine.toml: {place}: there is no rule 'nope'"


def test_a_part_of_a_class_of_harm_is_no_rule():
    check("mine.toml", 'language = "python"\n[[guards]]\ncall = ["f"]\nreason = "r"\nclasses = ["html-text"]\n')
    with pytest.raises(ModelError, match=r": entry 1 of sinks: there is no rule 'html-text'$"):
        check("mine.toml", f'language = "python"\n{SINK.replace("code-eval", "html-text")}')
    with pytest.raises(ModelError, match=r": entry 1 of sinks: there is no rule ''$"):
        check("mine.toml", f'language = "python"\n{SINK.replace("code-eval", "")}')


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.stem)
def test_our_own_models_pass(path):
    text = path.read_text(encoding="utf-8")
    add(Models(), text, path.name)
    assert check(path.name, text).language == path.parent.name
