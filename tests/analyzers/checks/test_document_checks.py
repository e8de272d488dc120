"""Checks of what a document lacks: facts of units, put together, in the document's coordinates."""

from leery_analyzers.checks.document import DocumentChecks
from leery_analyzers.checks.lacking import DocumentCheck
from leery_analyzers.mirror import Mirror
from leery_analyzers.text import Text, TextEdit

GUARDED = '@app.{0}("/{1}")\n@login_required\ndef {1}():\n    save()\n\n\n'
OPEN = '@app.delete("/drop")\ndef drop():\n    remove()  # größe\n'


def found(code: str, language: str = "python") -> list[tuple[str, str]]:
    report = DocumentChecks().report(Mirror(language, Text(code)).entries())
    assert report.notices == ()
    return [(f.rule, code[f.range.start : f.range.end]) for f in report.findings]


def test_the_guard_of_most_is_missed_in_one():
    code = GUARDED.format("post", "add") + GUARDED.format("put", "edit") + OPEN
    assert found(code) == [("route-without-guard", '@app.delete("/drop")')]
    assert found(GUARDED.format("post", "add") + OPEN) == []
    assert found(code.replace("@login_required\n", "")) == []


def test_a_fix_writes_the_guard_of_the_siblings():
    code = GUARDED.format("post", "add") + GUARDED.format("put", "edit") + OPEN
    finding = DocumentChecks().report(Mirror("python", Text(code)).entries()).findings[0]
    fixed = str(Text(code).apply(finding.fixes[0].edits))
    assert fixed.endswith('@app.delete("/drop")\n@login_required\ndef drop():\n    remove()  # größe\n')
    assert found(fixed) == []


def test_kept_facts_move_with_their_units():
    checks = DocumentChecks()
    mirror = Mirror("python", Text(GUARDED.format("post", "add") + GUARDED.format("put", "edit") + OPEN))
    first = checks.report(mirror.entries()).findings[0]
    mirror.edit([TextEdit(0, 0, "größe = 1\n\n\n")])
    moved = checks.report(mirror.entries()).findings[0]
    assert moved == first.shift(len("größe = 1\n\n\n"))
    assert moved == DocumentChecks().report(mirror.entries()).findings[0]


def test_a_limiter_used_further_down_is_used():
    made = "const limiter = rateLimit({ max: 5 });\n\n"
    assert found(made + "function größe() {\n  app.use(limiter);\n}\n", "javascript") == []
    assert found(made + "function größe() {\n  app.use(other);\n}\n", "javascript") == [
        ("protection-never-used", "limiter")
    ]


def test_a_check_that_fails_hides_no_other():
    class Failing(DocumentCheck):
        id = "failing"
        languages = ("python",)

        def facts(self, code):
            raise ValueError(code.unit.text)

    report = DocumentChecks([Failing()]).report(Mirror("python", Text("x = 1\n")).entries())
    assert [notice.message for notice in report.notices] == ["the check failing failed: ValueError"]


def test_other_languages_have_nothing_to_tell():
    assert found("größe\n", "markdown") == []
