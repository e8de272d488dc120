"""What a new rule is at first: a check or a semgrep rule that finds calls of one made-up function, with its examples.

Texts only; `rules_files` writes them.
"""

from __future__ import annotations

from typing import NamedTuple

CHECKED_LANGUAGES = ("python", "javascript", "java", "csharp", "go", "common")
"""The languages of checks, as their folders are named."""
NEW_LANGUAGES = (*CHECKED_LANGUAGES, "c")


class _Sample(NamedTuple):
    """What differs from language to language.

    Attributes:
        suffix: of its files.
        dangerous: the function that is found.
        sound: the one that a fix puts in its place.
        code: a file that calls one, ``@CALL@(@VALUE@)``, with a name that is not ASCII.
        comment: what starts a comment.
        semgrep: semgrep's name for the language.
    """

    suffix: str
    dangerous: str
    sound: str
    code: str
    comment: str
    semgrep: str


_SAMPLES = {
    "python": _Sample(
        ".py", "example.dangerous", "example.sound", "import example\n\n@CALL@(@VALUE@)\n", "#", "python"
    ),
    "javascript": _Sample(
        ".js",
        "example.dangerous",
        "example.sound",
        'import example from "example";\n\n@CALL@(@VALUE@);\n',
        "//",
        "javascript",
    ),
    "java": _Sample(
        ".java",
        "Example.dangerous",
        "Example.sound",
        "class A {\n    void f(String größe) {\n        @CALL@(@VALUE@);\n    }\n}\n",
        "//",
        "java",
    ),
    "csharp": _Sample(
        ".cs",
        "Example.Dangerous",
        "Example.Sound",
        "class A {\n    void F(string größe) {\n        @CALL@(@VALUE@);\n    }\n}\n",
        "//",
        "csharp",
    ),
    "go": _Sample(
        ".go",
        "example.Dangerous",
        "example.Sound",
        'package a\n\nimport "example"\n\nfunc f(größe string) {\n\t@CALL@(@VALUE@)\n}\n',
        "//",
        "go",
    ),
    "c": _Sample(".c", "dangerous", "sound", "void f(char *value) {\n    @CALL@(@VALUE@);\n}\n", "//", "c"),
}


def check_text(title: str, language: str) -> str:
    """The file of a new check, whose examples hold.

    Args:
        title: the name of its class.
        language: of `CHECKED_LANGUAGES`.
    """
    sample = _SAMPLES.get(language, _SAMPLES["python"])
    constant = language.upper() if language in _SAMPLES else "PYTHON"
    call = sample.code.replace("@CALL@", sample.dangerous)
    text = _CHECK.replace("@TITLE@", title).replace("@LANGUAGES@", constant)
    text = text.replace("@SIGHT@", _TYPED if language in {"java", "csharp", "go"} else _PLAIN)
    imports = _TYPED_IMPORT if language in {"java", "csharp", "go"} else ""
    text = text.replace("@TYPED@", imports).replace("@EDIT@", _TEXT_IMPORT if imports else "")
    text = text.replace("@VALID@", repr(call.replace("@VALUE@", '"constant"')))
    text = text.replace("@INVALID@", repr(call.replace("@VALUE@", "größe")))
    text = text.replace("@FIXED@", repr(sample.code.replace("@CALL@", sample.sound).replace("@VALUE@", "größe")))
    return text.replace("@DANGEROUS@", sample.dangerous).replace("@SOUND@", sample.sound)


def semgrep_texts(rule_id: str, language: str) -> tuple[str, str, str]:
    """A new semgrep rule, its annotated example, and the suffix of the example's file.

    Args:
        rule_id: its id.
        language: of `NEW_LANGUAGES`.
    """
    sample = _SAMPLES.get(language, _SAMPLES["python"])
    rule = _SEMGREP.replace("@ID@", rule_id).replace("@LANGUAGE@", sample.semgrep)
    before, _, after = sample.code.partition("@CALL@")
    indent = before[before.rfind("\n") + 1 :]
    value = "value" if sample.suffix in {".py", ".js", ".c"} else "größe"
    end = after.partition("\n")[0].replace("@VALUE@", "{}")
    lines = (
        f"{sample.comment} ruleid: {rule_id}",
        sample.dangerous + end.format(value),
        "",
        f"{sample.comment} ok: {rule_id}",
        sample.dangerous + end.format('"constant"'),
    )
    body = "\n".join(f"{indent}{line}" if line else "" for line in lines).removeprefix(indent)
    example = f"{before}{body}\n{after.partition(chr(10))[2]}"
    return rule.replace("@DANGEROUS@", sample.dangerous), example, sample.suffix


_TYPED_IMPORT = "from leery_analyzers.checks.typed_code import TypedCode\n"
_TEXT_IMPORT = "from leery_analyzers.text import TextEdit\n"
_CHECK = '''"""One sentence on what is found, without the name of the rule.

One or two sentences on why it matters: who can do what with it, and what to write in its place.

Left alone: what looks the same and is sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import @LANGUAGES@, Check, Invalid, Problem
@TYPED@from leery_analyzers.model import Fix
@EDIT@
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level


class @TITLE@(Check):
    """Finds calls of one function."""

    summary = "One sentence without a full stop"
    severity: ClassVar[Level] = "medium"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-676",)
    languages = @LANGUAGES@
    calls = frozenset({"@DANGEROUS@"})

    VALID = (
        @VALID@,
    )
    INVALID = (
        Invalid(
            code=@INVALID@,
            at="@DANGEROUS@",
            message="What is wrong here, and why: a sentence or two.",
            fixed=(@FIXED@,),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
@SIGHT@'''
_PLAIN = """\
        function = found["call"].child_by_field_name("function")
        value = code.arguments(found["call"]).get(0)
        if function is None or value is None or code.constant(value):
            return
        fix = Fix("Do it the sound way", "review", (code.replace(function, "@SOUND@"),))
        yield Problem(function, "What is wrong here, and why: a sentence or two.", fixes=(fix,))
"""
_TYPED = """\
        assert isinstance(code, TypedCode)
        value = code.arguments(found["call"]).get(0)
        if value is None or code.constant(value):
            return
        place = code.called(found["call"])
        fix = Fix("Do it the sound way", "review", (TextEdit(place.start, place.end, "@SOUND@"),))
        yield Problem(place, "What is wrong here, and why: a sentence or two.", fixes=(fix,))
"""
_SEMGREP = """rules:
  - id: @ID@
    languages: [@LANGUAGE@]
    severity: WARNING
    message: >-
      What is wrong here, and why: a sentence or two.
    metadata:
      cwe: ["CWE-676"]
      confidence: MEDIUM
    patterns:
      - pattern: @DANGEROUS@($VALUE)
      - pattern-not: @DANGEROUS@("...")
"""
