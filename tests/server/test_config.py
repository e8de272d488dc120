"""The settings: sources and their order, trust, problems with their place, and what is generated from the schema."""

import os
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import jsonschema
import pytest

from leery import config, config_docs
from leery.config import CLIENT_ONLY, SETTINGS, Config, load, rule_folders
from leery.config_files import find_line
from leery.config_vscode import VSCODE_SETTINGS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "configuration.md"


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def user(tmp_path):
    return tmp_path / "user.toml"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config"


def complaints(loaded):
    return [str(problem) for problem in loaded.problems]


def editor(settings, *, trusted=True, workspace=None):
    return load(workspace, trusted=trusted, editor=settings)


def test_defaults():
    loaded = load(None, trusted=False)
    assert (loaded.config, loaded.problems, loaded.skipped) == (Config(), (), ())
    assert Config().scope == "blocks"
    assert Config().unknown_threshold == 40
    assert Config().engines == {"checks", "dataflow", "bandit", "semgrep"}
    with pytest.raises(FrozenInstanceError):
        Config().scope = "all"


def test_the_schema_and_the_class_are_one():
    assert [setting.attribute for setting in SETTINGS] == [item.name for item in fields(Config)]
    assert all(getattr(Config(), setting.attribute) == setting.default for setting in SETTINGS)
    names = {setting.name: setting.attribute for setting in SETTINGS}
    assert names["semgrep.startTimeout"] == "semgrep_start_timeout"
    assert all(setting.description.endswith(".") for setting in SETTINGS)
    assert all(config._fault(setting, setting.default) is None for setting in SETTINGS)


def test_later_sources_win(work, user):
    user.write_text('scope = "all"\nunknownThreshold = 1\nminimumSeverity = "medium"\ncodeLens = false\n')
    (work / "pyproject.toml").write_text('[tool.leery]\nunknownThreshold = 2\nminimumSeverity = "high"\n')
    (work / "leery.toml").write_text("unknown-threshold = 3\n[diagnostics]\nmode = 'pull'\n")

    def threshold(**more):
        return load(work, user_file=user, **more).config.unknown_threshold

    assert threshold(trusted=False) == 1
    assert threshold(trusted=True) == 3
    assert threshold(trusted=True, editor={"unknownThreshold": 4}) == 4
    assert threshold(trusted=True, editor={"unknownThreshold": 4}, options={"unknownThreshold": 5}) == 5
    assert threshold(trusted=True, editor={"unknownThreshold": None}, options={"unknownThreshold": None}) == 3
    loaded = load(work, trusted=True, user_file=user)
    assert (loaded.config.scope, loaded.config.minimum_severity, loaded.config.code_lens) == ("all", "high", False)
    assert (loaded.config.pushes, loaded.config.answers_pulls) == (False, True)
    assert loaded.problems == ()


def test_the_users_own_file_is_found(home):
    (home / "leery").mkdir(parents=True)
    (home / "leery" / "leery.toml").write_text('scope = "all"\n')
    assert load(None, trusted=False).config.scope == "all"


def test_an_untrusted_workspace_sets_nothing(work):
    (work / "pyproject.toml").write_text("[tool.leery]\nexclude = ['**']\n[tool.other]\nx = 1\n")
    (work / "leery.toml").write_text("[engines]\nbandit = false\n")
    loaded = load(work, trusted=False)
    assert loaded.config == Config()
    assert loaded.problems == ()
    assert loaded.skipped == (work / "pyproject.toml", work / "leery.toml")
    assert load(work, trusted=True).config.exclude == ("**",)


def test_a_pyproject_without_a_table_of_leerys_is_not_a_source(work):
    (work / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load(work, trusted=False).skipped == ()
    assert load(work, trusted=True).config == Config()


def test_rule_folders_need_trust(work, user, tmp_path):
    outside = str(tmp_path / "rules")
    loaded = editor({"rules": {"folders": [outside]}}, trusted=False, workspace=work)
    assert loaded.config.rules_folders == ()
    (complaint,) = complaints(loaded)
    assert complaint.startswith("editor settings: leery.rules.folders is ignored, because the workspace is not trusted")
    assert editor({"rules": {"folders": [outside]}}, workspace=work).config.rules_folders == (outside,)
    user.write_text(f"[rules]\nfolders = ['{outside}', 'inner', '{work / 'abs'}', '~no-such-user/x']\n")
    loaded = load(work, trusted=False, user_file=user)
    assert loaded.config.rules_folders == (outside,)
    assert [problem.text.split(" is not read")[0] for problem in loaded.problems] == [
        "inner", str(work / "abs"), "~no-such-user/x"
    ]  # fmt: skip
    assert len(load(work, trusted=True, user_file=user).config.rules_folders) == 4


def test_rule_folders_start_at_the_home_or_the_workspace(work, home, monkeypatch):
    monkeypatch.setenv("HOME", str(home))
    loaded = Config(rules_folders=("~/mine", "~nobody-of-that-name/x", "rules", "/all"))
    assert rule_folders(loaded, work) == (home / "mine", work / "~nobody-of-that-name/x", work / "rules", Path("/all"))


def test_a_link_into_an_untrusted_workspace_counts_as_inside(work, user, tmp_path):
    (work / "rules").mkdir()
    (tmp_path / "link").symlink_to(work / "rules", target_is_directory=True)
    user.write_text(f"rules.folders = ['{tmp_path / 'link'}']\n")
    assert load(work, trusted=False, user_file=user).config.rules_folders == ()


@pytest.mark.parametrize(
    "settings",
    [
        {"engines": {"bandit": False}, "unknownThreshold": 7},
        {"engines.bandit": False, "unknownThreshold": 7},
        {"leery": {"engines": {"bandit": False}, "unknownThreshold": 7}},
        {"leery.engines.bandit": False, "leery.unknownThreshold": 7},
        {"leery": {"engines.bandit": False}, "leery.unknownThreshold": 7, "trace": {"server": "off"}},
    ],
)
def test_editors_may_nest_or_dot(settings):
    loaded = editor(settings)
    assert loaded.problems == ()
    assert (loaded.config.engines, loaded.config.unknown_threshold) == ({"checks", "dataflow", "semgrep"}, 7)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"scop": "all"}, "leery.scop is not a setting; did you mean scope?"),
        ({"engines": {"bandid": True}}, "leery.engines.bandid is not a setting; did you mean engines.bandit?"),
        ({"zzz": 1}, "leery.zzz is not a setting"),
        ({"engines": True}, "leery.engines is not a setting"),
        ({"scope": "block"}, 'leery.scope must be one of blocks, all, not "block"; did you mean blocks?'),
        ({"scope": 1}, "leery.scope must be a string, not 1"),
        ({"codeLens": "yes"}, 'leery.codeLens must be true or false, not "yes"'),
        ({"codeLens": 1}, "leery.codeLens must be true or false, not 1"),
        ({"unknownThreshold": 1.5}, "leery.unknownThreshold must be a whole number, not 1.5"),
        ({"unknownThreshold": True}, "leery.unknownThreshold must be a whole number, not true"),
        ({"unknownThreshold": 0}, "leery.unknownThreshold must be at least 1, not 0"),
        ({"semgrep": {"timeout": 1e9}}, "leery.semgrep.timeout must be at most 600, not 1000000000.0"),
        ({"semgrep": {"timeout": float("nan")}}, "leery.semgrep.timeout must be at least 0.1, not NaN"),
        ({"exclude": "x"}, 'leery.exclude must be a list of strings, not "x"'),
        ({"exclude": ["a", 1]}, 'leery.exclude must be a list of strings, not ["a", 1]'),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_applies(settings, text):
    loaded = editor({**settings, "logLevel": "debug"})
    assert complaints(loaded) == [f"editor settings: {text}"]
    assert loaded.config.log_level == "debug"


def test_a_wrong_value_leaves_the_weaker_source_in_force(user):
    user.write_text("unknownThreshold = 5\n")
    loaded = load(None, trusted=False, user_file=user, options={"unknownThreshold": -1})
    assert loaded.config.unknown_threshold == 5
    assert complaints(loaded) == ["command line: unknownThreshold must be at least 1, not -1"]


def test_whole_numbers_are_numbers():
    value = editor({"semgrep.timeout": 3}).config.semgrep_timeout
    assert (value, type(value)) == (3.0, float)


def test_problems_in_files_name_the_line(work):
    (work / "pyproject.toml").write_text(
        "[project]\nscope = 1\n\n[tool.leery]\n# scope = 2\nscop = 'all'\nengines = { bandit = 3 }\n"
        "\n[tool.leery.semgrep]\ntimeout = 'x'\n"
    )
    (work / "leery.toml").write_text('"codeLens" = 5\nsemgrep . startTimeout = 0\n')
    loaded = load(work, trusted=True)
    assert complaints(loaded) == [
        f"{work / 'pyproject.toml'}:6: tool.leery.scop is not a setting; did you mean scope?",
        f"{work / 'pyproject.toml'}:7: tool.leery.engines.bandit must be true or false, not 3",
        f'{work / "pyproject.toml"}:10: tool.leery.semgrep.timeout must be a number, not "x"',
        f"{work / 'leery.toml'}:1: codeLens must be true or false, not 5",
        f"{work / 'leery.toml'}:2: semgrep.startTimeout must be at least 1, not 0",
    ]


def test_lines_are_found_where_a_key_is_written():
    text = "a = 1\n[t]\nb = 2\n[[t.list]]\nb = 3\n[t.u] # c = 0\r\nc.d = 4\n"
    assert [find_line(text, path.split(".")) for path in ("a", "t.b", "t.u.c.d", "t.u.c", "x")] == [1, 3, 7, 6, None]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"scope = \n", ":1: this is not valid TOML"),
        (b"scope = 'all'\nx = [1,\n", ": this is not valid TOML"),
        (b"\xff\xfe", ": cannot be read: it is not UTF-8"),
        (b"x = " + b"[" * 50_000, ": cannot be read: it is nested too deeply"),
        (b"#" * 1_100_000, ": cannot be read: it is larger than 1048576 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(work, data, text):
    (work / "leery.toml").write_bytes(data)
    loaded = load(work, trusted=True, options={"scope": "all"})
    (complaint,) = complaints(loaded)
    assert complaint.startswith(f"{work / 'leery.toml'}{text}")
    assert loaded.config.scope == "all"
    assert load(work, trusted=False).problems == ()


def test_a_folder_or_a_pipe_in_place_of_a_file_is_told(work):
    (work / "leery.toml").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(work / "pyproject.toml")
    texts = [problem.text for problem in load(work, trusted=True).problems]
    assert set(texts) == {"cannot be read: it is not a regular file"}


def test_a_table_that_is_none(work):
    (work / "pyproject.toml").write_text("[tool]\nleery = 3\n")
    assert complaints(load(work, trusted=True)) == [f"{work / 'pyproject.toml'}:2: tool.leery must be a table"]


def test_the_documentation_is_current():
    assert PAGE.read_text(encoding="utf-8") == config_docs.markdown(), (
        "run python -m leery.config_docs docs/configuration.md"
    )


def test_the_generator_notices_a_stale_page(tmp_path, capsys):
    page = tmp_path / "page.md"
    assert config_docs.main(["--check", str(page)]) == 1
    assert config_docs.main([str(page)]) == 0
    assert config_docs.main(["--check", str(page)]) == 0
    page.write_text(page.read_text().replace("default", "usual", 1))
    assert config_docs.main(["--check", str(page)]) == 1
    assert "is stale" in capsys.readouterr().err
    assert config_docs.main([]) == 2


def test_every_setting_is_documented():
    for setting in SETTINGS:
        assert f"## `{setting.name}`\n" in config_docs.markdown()
        assert f"*leery.{setting.name}*\n" in config_docs.vim_help()
    assert all(len(line) <= 78 for line in config_docs.vim_help().splitlines())


def test_the_manifest_admits_its_own_defaults_and_nothing_else():
    properties = config_docs.vscode_properties()
    own = [f"leery.{setting.name}" for setting in VSCODE_SETTINGS]
    assert list(properties) == config_docs.vscode_restricted() == [f"leery.{s.name}" for s in SETTINGS] + own
    assert {setting.name for setting in VSCODE_SETTINGS} == CLIENT_ONLY
    for schema in properties.values():
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.validate(schema["default"], schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"an": "object"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(0, properties["leery.unknownThreshold"])


def test_the_manifest_of_the_vscode_extension_is_current():
    assert config_docs.main(["--check", str(ROOT / "editors/vscode/package.json")]) == 0


def test_the_vim_help_is_current(tmp_path: Path):
    page = tmp_path / "leery.txt"
    page.write_text((ROOT / "editors/neovim/doc/leery.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert config_docs.main(["--check", str(page)]) == 0, "run make docs"
    page.write_text(page.read_text(encoding="utf-8").replace("*leery.scope*", "*leery.scop*"), encoding="utf-8")
    assert config_docs.main(["--check", str(page)]) == 1
    page.write_text("no section here", encoding="utf-8")
    with pytest.raises(ValueError, match="leery-all-settings"):
        config_docs.main([str(page)])


def test_a_file_that_nests_deeper_than_python_goes_is_told_as_any_other(tmp_path):
    (tmp_path / "leery.toml").write_text(".".join(["a"] * 3000) + ' = 1\nscope = "all"\n', encoding="utf-8")
    loaded = load(tmp_path, trusted=True)  # some parsers refuse such a key, others take it
    assert [problem.source for problem in loaded.problems] == [str(tmp_path / "leery.toml")]
