import io
import json
from urllib.parse import unquote, urljoin

import pytest
from tests.server.cli.samples import CODE, check_sarif, finding, result, source, utf16_slice

from leery.batch.result import FileResult
from leery.cli.formats import github, json_, sarif, text
from leery_analyzers.model import Fix, Notice
from leery_analyzers.text import Text, TextEdit

ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202e\u2066\x9b31m\x7f"


def written(form, scan):
    stream = io.StringIO()
    form.write(scan, stream)
    return stream.getvalue()


def test_sarif_is_valid_and_says_everything(sample, sarif_schema):
    log = json.loads(written(sarif, sample))
    check_sarif(sarif_schema, log)
    run = log["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["shell-injection"]["properties"]["cwe"] == ["CWE-78", "CWE-88"]
    assert rules["shell-injection"]["helpUri"] == "https://cwe.mitre.org/data/definitions/78.html"
    assert rules["shell-injection"]["properties"]["tags"] == [
        "security",
        "external/cwe/cwe-78",
        "external/cwe/cwe-88",
        "A05:2025",
    ]
    shell, hidden = run["results"]
    assert run["tool"]["driver"]["rules"][shell["ruleIndex"]]["id"] == shell["ruleId"] == "shell-injection"
    assert shell["properties"]["cwe"] == ["CWE-78"]
    assert shell["partialFingerprints"] == {"leery/v1": "f00d"}
    assert "suppressions" not in shell
    assert hidden["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "checked by hand"}]


def test_sarif_regions_count_utf16_units(sample):
    shell, hidden = json.loads(written(sarif, sample))["runs"][0]["results"]
    assert utf16_slice(CODE, shell["locations"][0]["physicalLocation"]["region"]) == "shell=True"
    region = hidden["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 18, "endLine": 1, "endColumn": 25}
    assert utf16_slice(CODE, region) == "input()"
    steps = shell["codeFlows"][0]["threadFlows"][0]["locations"]
    cut = [utf16_slice(CODE, step["location"]["physicalLocation"]["region"]) for step in steps]
    assert cut == ["input()", "cmd, "]
    assert [step["location"]["message"]["text"] for step in steps] == ["comes from outside", "is run"]


def test_sarif_fixes_can_be_applied(sample):
    shell = json.loads(written(sarif, sample))["runs"][0]["results"][0]
    after = []
    for fix in shell["fixes"]:
        (replacement,) = fix["artifactChanges"][0]["replacements"]
        region = replacement["deletedRegion"]
        lines = CODE.encode("utf-16-le").split("\n".encode("utf-16-le"))
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = (
            line[: 2 * (region["startColumn"] - 1)]
            + replacement["insertedContent"]["text"].encode("utf-16-le")
            + line[2 * (region["endColumn"] - 1) :]
        )
        after.append("\n".encode("utf-16-le").join(lines).decode("utf-16-le"))
    assert after == [CODE.replace(", shell=True", ""), CODE.replace("input()", "q()")]


def test_sarif_uris_lead_to_the_file_whatever_its_name(tmp_path, sarif_schema):
    names = ["plain.py", "a b/ä#?%.py", "c:d.py", "x\udcff.py"]
    files = [FileResult(source(tmp_path, name), Text(CODE), (finding(CODE, "input()"),)) for name in names]
    outside = tmp_path.parent / "outside.py"
    files.append(FileResult(source(tmp_path, outside.as_posix()), Text(CODE), (finding(CODE, "input()"),)))
    log = json.loads(written(sarif, result(tmp_path, *files)))
    check_sarif(sarif_schema, log)
    base = log["runs"][0]["originalUriBaseIds"]["SRCROOT"]["uri"]
    locations = [item["locations"][0]["physicalLocation"]["artifactLocation"] for item in log["runs"][0]["results"]]
    found = [
        unquote(urljoin(base if "uriBaseId" in where else "", where["uri"]), errors="surrogateescape")
        for where in locations
    ]
    assert found == [f"file://{tmp_path.as_posix()}/{name}" for name in names] + [f"file://{outside.as_posix()}"]
    assert [where.get("uriBaseId") for where in locations] == ["SRCROOT"] * 4 + [None]


def test_sarif_notices_and_configuration_problems_are_notifications(tmp_path, sample, sarif_schema):
    scan = result(
        tmp_path, *sample.files, notices=(Notice("semgrep", "missing", "No semgrep."),), problems=("bad key",)
    )
    log = json.loads(written(sarif, scan))
    check_sarif(sarif_schema, log)
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    assert invocation["startTimeUtc"] == "2026-01-02T03:04:05.678Z"
    missing, parse = invocation["toolExecutionNotifications"]
    assert (missing["level"], missing["message"]["text"]) == ("error", "No semgrep.")
    assert "locations" not in missing
    assert (parse["level"], parse["descriptor"]["id"]) == ("warning", "bandit/parse")
    assert utf16_slice(CODE, parse["locations"][0]["physicalLocation"]["region"]) == "run"
    assert [item["message"]["text"] for item in invocation["toolConfigurationNotifications"]] == ["bad key"]


def test_sarif_of_nothing_is_valid(tmp_path, sarif_schema):
    log = json.loads(written(sarif, result(tmp_path)))
    check_sarif(sarif_schema, log)
    assert log["runs"][0]["results"] == []
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_sarif_insertions_and_line_ends_are_valid_regions(tmp_path, sarif_schema):
    code = "a\r\nb\rc\n"
    insertion = Fix("Import it", "safe", (TextEdit(0, 0, "import q\n"),))
    file = FileResult(source(tmp_path), Text(code), (finding(code, "b\rc\n", fixes=(insertion,)),))
    log = json.loads(written(sarif, result(tmp_path, file)))
    check_sarif(sarif_schema, log)
    (item,) = log["runs"][0]["results"]
    region = item["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 1, "endLine": 4, "endColumn": 1}
    deleted = item["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert deleted == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_json_counts_code_points(sample):
    data = json.loads(written(json_, sample))
    assert data["version"] == 1
    assert data["summary"] == {
        "files": 1,
        "findings": {"low": 0, "medium": 0, "high": 1},
        "suppressed": 1,
        "refuted": 0,
        "notices": 1,
    }
    shell, hidden = data["findings"]
    assert shell["file"] == shell["uri"] == "app/views.py"
    assert shell["range"] == {"start": {"line": 2, "column": 10}, "end": {"line": 2, "column": 20}}
    assert shell["path"][0]["range"]["start"] == {"line": 1, "column": 17}
    assert shell["fixes"][1]["edits"] == [
        {"range": {"start": {"line": 1, "column": 17}, "end": {"line": 1, "column": 24}}, "text": "q()"}
    ]
    assert shell["suppressed"] is None
    assert hidden["suppressed"] == {"reason": "checked by hand"}
    assert data["notices"] == [
        {
            "file": "app/views.py",
            "engine": "bandit",
            "kind": "parse",
            "message": "This does not parse.",
            "range": {"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 4}},
        }
    ]


def test_github_escapes_what_could_end_a_command(tmp_path):
    code = "x = 1\ny = 2\n"
    bad = finding(code, "1", message="50% of\r\n::error::it", rule="a,b:c", severity="medium")
    long = finding(code, "1\ny", severity="low")
    file = FileResult(source(tmp_path, "a,b\n::error::c:d.py"), Text(code), (bad, long))
    lines = written(github, result(tmp_path, file, problems=("bad\nkey",))).splitlines()
    name = "a%2Cb%0A%3A%3Aerror%3A%3Ac%3Ad.py"
    assert lines == [
        f"::warning file={name},line=1,endLine=1,col=5,endColumn=6,title=a%2Cb%3Ac (CWE-78)::50%25 of%0D%0A::error::it",
        f"::notice file={name},line=1,endLine=2,title=shell-injection (CWE-78)::The command goes through a shell.",
        "::error title=leery configuration::bad%0Akey",
    ]


def test_github_tells_what_could_not_run(tmp_path, sample):
    scan = result(tmp_path, *sample.files, notices=(Notice("semgrep", "missing", "No semgrep."),))
    lines = written(github, scan).splitlines()
    assert lines[0].startswith("::error file=app/views.py,line=2,endLine=2,col=10,endColumn=20,")
    assert lines[1:] == [
        "::error title=semgrep (missing)::No semgrep.",
        "::warning file=app/views.py,line=2,endLine=2,col=1,endColumn=4,title=bandit (parse)::This does not parse.",
    ]


def test_text_underlines_the_place(sample):
    lines = written(text, sample).splitlines()
    assert lines[1] == "app/views.py:2:10 high shell-injection CWE-78"
    code, marks = lines[3], lines[4]
    assert code == "  2 │ run(cmd, shell=True)"
    assert code[marks.index("━") : marks.rindex("━") + 1] == "shell=True"
    assert "  1. line 1, column 17: comes from outside" in lines
    assert "  fix (review): Drop the shell, line 2" in lines
    assert "  found by bandit, checks; confidence medium" in lines
    assert "  https://cwe.mitre.org/data/definitions/78.html" in lines
    assert "notice app/views.py:2: [bandit] This does not parse." in lines
    assert lines[-1] == "1 file scanned: 1 high, 1 suppressed, 1 notice."


def test_text_underline_fits_wide_characters_and_tabs(tmp_path):
    code = "\tf('漢字', x)\n"
    file = FileResult(source(tmp_path), Text(code), (finding(code, "x"), finding(code, "漢字")))
    lines = written(text, result(tmp_path, file)).splitlines()
    frames = [line for line in lines if "━" in line]
    assert frames[0] == "    │ " + " " * 4 + " " * len("f('") + " " * 4 + " " * len("', ") + "━"
    assert frames[1] == "    │ " + " " * 4 + " " * len("f('") + "━" * 4


def test_text_cuts_a_huge_line_around_the_place(tmp_path):
    code = "a" * 100_000 + "BAD" + "c" * 100_000
    file = FileResult(source(tmp_path), Text(code), (finding(code, "BAD"), finding(code, code)))
    lines = written(text, result(tmp_path, file)).splitlines()
    assert max(map(len, lines)) < 200
    number = next(index for index, line in enumerate(lines) if "━" in line)
    shown, marks = lines[number - 1], lines[number]
    assert shown[marks.index("━") : marks.rindex("━") + 1] == "BAD"


def test_text_does_not_end_a_long_place_in_silence(tmp_path):
    code = "\n".join(f"line{number}" for number in range(1, 21))
    file = FileResult(source(tmp_path), Text(code), (finding(code, code),))
    lines = written(text, result(tmp_path, file)).splitlines()
    assert "   6 │ line6" in [f" {line}" for line in lines]
    assert any(line.endswith("… and 14 more lines") for line in lines)


@pytest.mark.parametrize("form", [text, json_, sarif, github])
def test_nothing_of_a_file_reaches_the_terminal_unescaped(tmp_path, form):
    code = f"[bold]x[/bold] {ESCAPES} = 1\n"
    hostile = finding(
        code,
        code,
        rule=f"r{ESCAPES}",
        message=f"m[/]{ESCAPES}",
        engines=(f"e{ESCAPES}",),
        fixes=(Fix(f"t{ESCAPES}", "safe", (TextEdit(0, 1, ESCAPES),)),),
    )
    notice = Notice("bandit", "parse", f"n{ESCAPES}")
    file = FileResult(source(tmp_path, f"d{ESCAPES}\udc80.py"), Text(code), (hostile,), (), (notice,))
    output = written(form, result(tmp_path, file, problems=(f"p{ESCAPES}",), notices=(notice,)))
    left = {char for char in output if not char.isprintable() and char != "\n"}
    assert left == set()
    output.encode("utf-8")  # no lone surrogate either
    if form is text:
        assert "[bold]x[/bold]" in output
        assert "<U+001B>]0;owned<U+0007>" in output


def test_exit_code_is_the_gravest_that_holds(tmp_path, sample):
    file = sample.files[0]
    assert result(tmp_path, file).exit_code == 1
    assert result(tmp_path, file, fail_on=None).exit_code == 0
    medium = FileResult(file.source, file.text, (finding(CODE, "input()", severity="medium"),))
    assert result(tmp_path, medium, fail_on="high").exit_code == 0
    assert result(tmp_path, medium, fail_on="medium").exit_code == 1
    assert result(tmp_path, medium, problems=("x",)).exit_code == 2
    for kind, code in {"parse": 1, "limit": 1, "crash": 3, "timeout": 3, "missing": 3}.items():
        assert result(tmp_path, medium, notices=(Notice("bandit", kind, "n"),)).exit_code == code
    only_suppressed = FileResult(file.source, file.text, (), file.suppressed)
    assert result(tmp_path, only_suppressed).exit_code == 0
