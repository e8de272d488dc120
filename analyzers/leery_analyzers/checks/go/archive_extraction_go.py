"""Files of an archive written wherever their names say, in Go.

A name such as ``../../home/user/.profile`` in an archive leads out of the folder; `filepath.Join` does not hinder it.

Left alone: names checked with ``filepath.IsLocal``, paths compared with their folder, names cut down by
``filepath.Base``, and folders opened with `os.OpenRoot`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import GO, Check, Invalid, Problem
from leery_analyzers.checks.go_code import GoCode, named
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Code
    from leery_analyzers.model import Level

_JOINS = named("path/filepath", "Join") | named("path", "Join")
_ARCHIVE = re.compile(r"\b(?:zip|tar)\.(?:OpenReader|NewReader|Reader|Header|File|ReadCloser)\b|\.File\s*\{|\.Next\(\)")
_WRITES = re.compile(r"\bos\.(?:Create|OpenFile|MkdirAll|WriteFile|Mkdir)\(")
_CHECKED = re.compile(
    r"HasPrefix\(|IsLocal\(|filepath\.Base\(|Contains\([^)]*\"\.\.|filepath\.Rel\(|SecureJoin|OpenRoot\(|Clean\(\"/\""
)
_NAME = re.compile(r"\w*(?:f|file|header|hdr|entry|h|zf|zipFile|e)\.Name")


class ArchiveExtractionGo(Check):
    """Finds archives that can write anywhere."""

    summary = "Files of an archive written wherever their names say"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "high"
    cwe = ("CWE-22",)
    owasp = ("A01:2025",)
    references = ("https://pkg.go.dev/path/filepath#IsLocal",)
    languages = GO
    calls = _JOINS

    VALID = (
        """\
package a

func größe(reader *zip.Reader, folder string) error {
	for _, f := range reader.File {
		if !filepath.IsLocal(f.Name) {
			return errName
		}
		os.Create(filepath.Join(folder, f.Name))
	}
	return nil
}
""",
        """\
package a

func f(reader *zip.Reader, folder string) {
	for _, f := range reader.File {
		path := filepath.Join(folder, f.Name)
		if !strings.HasPrefix(path, filepath.Clean(folder)+string(os.PathSeparator)) {
			continue
		}
		os.Create(path)
	}
}
""",
        """\
package a

func f(user User) {
	os.Create(filepath.Join("data", user.Name))
}
""",
        """\
package a

func list(reader *zip.Reader) {
	for _, f := range reader.File {
		fmt.Println(filepath.Join("archive", f.Name))
	}
}
""",
    )
    INVALID = (
        Invalid(
            code="""\
package a

import "path/filepath"

func größe(reader *zip.Reader, ordner string) error {
	for _, f := range reader.File {
		ziel, err := os.Create(filepath.Join(ordner, f.Name)) // schreiben
		if err != nil {
			return err
		}
		use(ziel)
	}
	return nil
}
""",
            at="f.Name",
            message="The archive says where its files go, also out of the folder.",
        ),
        Invalid(
            code="""\
package a

import "path/filepath"

func f(archive *zip.ReadCloser, folder string) error {
	for _, f := range archive.File {
		path := filepath.Join(folder, f.Name)
		os.MkdirAll(filepath.Dir(path), 0o755)
	}
	return nil
}
""",
            at="f.Name",
            message="The archive says where its files go, also out of the folder.",
            fixed=(
                """\
package a

import "path/filepath"

func f(archive *zip.ReadCloser, folder string) error {
	for _, f := range archive.File {
		if !filepath.IsLocal(f.Name) {
			continue
		}
		path := filepath.Join(folder, f.Name)
		os.MkdirAll(filepath.Dir(path), 0o755)
	}
	return nil
}
""",
            ),
        ),
        Invalid(
            code="""\
package a

import "path/filepath"

func f(source io.Reader, folder string) {
	reader := tar.NewReader(source)
	for {
		header, err := reader.Next()
		if err != nil {
			return
		}
		target := filepath.Join(folder, header.Name)
		os.MkdirAll(target, 0o755)
	}
}
""",
            at="header.Name",
            message="The archive says where its files go, also out of the folder.",
            fixed=(
                """\
package a

import "path/filepath"

func f(source io.Reader, folder string) {
	reader := tar.NewReader(source)
	for {
		header, err := reader.Next()
		if err != nil {
			return
		}
		if !filepath.IsLocal(header.Name) {
			continue
		}
		target := filepath.Join(folder, header.Name)
		os.MkdirAll(target, 0o755)
	}
}
""",
            ),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one call."""
        assert isinstance(code, GoCode)
        call = found["call"]
        body = code.text(code.function(call) or call)
        for value in code.arguments(call).positional[1:]:
            if not _NAME.fullmatch(code.text(value)) or _CHECKED.search(body):
                continue
            if _ARCHIVE.search(body) and _WRITES.search(body):
                message = "The archive says where its files go, also out of the folder."
                yield Problem(value, message, fixes=_skipped(code, call, code.text(value)))
                return


def _skipped(code: GoCode, call: Node, name: str) -> tuple[Fix, ...]:
    """Leave a file out whose name leads outside; only where the path is a statement of the loop by itself."""
    statement = code.statement(call)
    if statement is None or statement.type != "short_var_declaration" or "for" not in code.text(code.function(call)):
        return ()
    if "os." in code.text(statement):
        return ()
    indent, end = code.indent(statement), code.newline()
    text = f"if !filepath.IsLocal({name}) {{{end}{indent}\tcontinue{end}{indent}}}{end}{indent}"
    edit = code.insert(statement.start_byte, text)
    return (Fix("Skip names that lead outside", "review", (edit,), ('import "path/filepath"',)),)
