"""Imports go where Java, C# and Go files keep theirs."""

import pytest

from leery_analyzers.fixes.imports import import_edits
from leery_analyzers.text import Text


def with_import(text, language, statement):
    return str(Text(text).apply(import_edits(Text(text), language, (statement,))))


JAVA = "import java.security.SecureRandom;"
USING = "using System.Security.Cryptography;"
GO = 'import "crypto/rand"'


@pytest.mark.parametrize(
    ("language", "statement", "before", "after"),
    [
        (
            "java",
            JAVA,
            "package a;\n\nimport java.io.File;\nimport java.util.List;\n\nclass A {}\n",
            "package a;\n\nimport java.io.File;\n" + JAVA + "\nimport java.util.List;\n\nclass A {}\n",
        ),
        ("java", JAVA, "package a;\n\nclass A {}\n", f"package a;\n\n{JAVA}\n\nclass A {{}}\n"),
        ("java", JAVA, "// größe\n\nclass A {}\n", f"// größe\n{JAVA}\n\nclass A {{}}\n"),
        ("java", JAVA, "class A {}\n", f"{JAVA}\n\nclass A {{}}\n"),
        (
            "java",
            JAVA,
            "/*\n * Größe.\n */\npackage a;\r\n\r\nimport static a.B.c;\r\n",
            f"/*\n * Größe.\n */\npackage a;\r\n\r\n{JAVA}\nimport static a.B.c;\r\n",
        ),
        (
            "csharp",
            USING,
            "using System;\nusing Größe.Data;\n\nclass A {}\n",
            f"using System;\n{USING}\nusing Größe.Data;\n\nclass A {{}}\n",
        ),
        ("csharp", USING, "namespace A;\n", f"{USING}\n\nnamespace A;\n"),
        (
            "go",
            GO,
            'package größe\n\nimport (\n\t"crypto/aes"\n\t"fmt"\n\n\t"example.com/a"\n)\n',
            'package größe\n\nimport (\n\t"crypto/aes"\n\t"crypto/rand"\n\t"fmt"\n\n\t"example.com/a"\n)\n',
        ),
        ("go", GO, 'package a\n\nimport "fmt"\n', f'package a\n\n{GO}\nimport "fmt"\n'),
        ("go", GO, "package a\n\nimport (\n)\n", f"package a\n\n{GO}\n\nimport (\n)\n"),
        ("go", GO, "package a\n\nfunc f() {}\n", f"package a\n\n{GO}\n\nfunc f() {{}}\n"),
        (
            "go",
            GO,
            'package a\n\nimport (\n\t"os"\n\t"fmt"\n)\n',
            'package a\n\nimport (\n\t"os"\n\t"fmt"\n\t"crypto/rand"\n)\n',
        ),
    ],
)
def test_new_import(language, statement, before, after):
    assert with_import(before, language, statement) == after


@pytest.mark.parametrize(
    ("language", "statement", "text"),
    [
        ("java", JAVA, f"package a;\n\n{JAVA}\n"),
        ("java", JAVA, "import java.security.*;\n"),
        ("csharp", USING, f"using A;\n{USING}\n"),
        ("go", GO, f"package a\n\n{GO}\n"),
        ("go", GO, 'package a\n\nimport (\n\t"fmt"\n\t"crypto/rand"\n)\n'),
    ],
)
def test_what_is_imported_is_not_imported_again(language, statement, text):
    assert with_import(text, language, statement) == text


def test_a_static_import_is_no_import_of_the_class():
    text = "import static java.security.SecureRandom;\n"
    assert with_import(text, "java", JAVA) == f"{JAVA}\n{text}"


def test_several_imports_compose():
    text = Text("package a;\n\nimport b.C;\n")
    edits = import_edits(text, "java", ("import a.A;", "import b.D;"))
    assert str(text.apply(edits)) == "package a;\n\nimport a.A;\nimport b.C;\nimport b.D;\n"
