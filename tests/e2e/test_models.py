"""The user's own models for dataflow in the server: good ones count, whatever is wrong with others."""

from __future__ import annotations

GOOD = 'language = "python"\n\n[[sinks]]\ncall = ["ours.run"]\nargument = [0]\nrule = "code-eval"\n'
CODE = "import ours\nfrom flask import request\n\n\ndef f():\n    ours.run(request.args['x'])\n"
OPTIONS = {"trusted": True, "scope": "all", "engines": {"checks": False, "bandit": False, "semgrep": False}}


def test_a_wrong_model_is_told_and_the_good_one_counts(start, workspace):
    rules = workspace / "rules"
    rules.mkdir()
    (rules / "good.toml").write_text(GOOD, encoding="utf-8")
    (rules / "wrong.toml").write_text('language = "python"\nsinks = [3]\n', encoding="utf-8")
    (workspace / "leery.toml").write_text('rules.folders = ["rules", "nowhere"]\n', encoding="utf-8")
    client = start(options=OPTIONS)
    document = client.open((workspace / "a.py").as_uri(), CODE)
    shown = client.wait_for_diagnostics(document.uri, document.version, bool)
    assert [(item["code"], item["range"]["start"]) for item in shown.params["diagnostics"]] == [
        ("code-eval", {"line": 5, "character": 13})
    ]
    said = [m.params["message"] for m in client.messages if m.method == "window/showMessage"]
    assert sorted(said) == [
        f"Leery: no model is taken from {workspace / 'nowhere'}, which rules.folders names: No such file or directory",
        "Leery: the model wrong.toml is left out: wrong.toml: entry 1 of sinks: it must be a table, not 3",
    ]
    assert client.close() == 0
