import pytest

from leery import git
from leery.batch.changes import Changes, covers


def changed(repository, revision="HEAD", folder=None):
    where = folder or repository.folder
    files = {path.relative_to(where).as_posix(): path.read_bytes() for path in where.rglob("*.py")}
    return {name: lines and set(lines) for name, lines in Changes(where, revision).new_lines(files).items()}


def test_only_added_and_changed_lines_are_new(repository):
    repository.write("same.py", "a\nb\n")
    repository.write("edited.py", "a\nb\nc\nd\ne\n")
    repository.write("shorter.py", "a\nb\nc\n")
    repository.commit()
    repository.write("edited.py", "new\na\nb\nC\nd\ne\nend")
    repository.write("shorter.py", "a\nc\n")
    repository.write("fresh.py", "a\n")
    assert changed(repository) == {
        "same.py": set(),
        "edited.py": {0, 3, 6},
        "shorter.py": set(),
        "fresh.py": None,
    }


def test_staged_and_committed_changes_count_from_the_revision(repository):
    repository.write("a.py", "1\n")
    first = repository.commit()
    repository.write("a.py", "1\n2\n")
    repository.commit()
    repository.write("a.py", "1\n2\n3\n")
    repository.git("add", "a.py")
    repository.write("a.py", "1\n2\n3\n4\n")
    assert changed(repository) == {"a.py": {2, 3}}
    assert changed(repository, first) == {"a.py": {1, 2, 3}}
    assert changed(repository, "HEAD~1") == {"a.py": {1, 2, 3}}


def test_names_are_relative_to_the_folder(repository):
    repository.write("deep/down/a.py", "1\n")
    repository.write("a.py", "other\n")
    repository.commit()
    repository.write("deep/down/a.py", "1\n2\n")
    assert changed(repository, folder=repository.folder / "deep") == {"down/a.py": {1}}


def test_content_that_looks_like_a_diff_is_content(repository):
    repository.write("a.py", "x\n")
    repository.commit()
    repository.write("a.py", "++ new/0\n@@ -1 +1,9 @@\nx\n-- old/0\n+++ new/1\n")
    repository.write("b.py", "y\n")
    assert changed(repository) == {"a.py": {0, 1, 3, 4}, "b.py": None}


def test_changed_line_endings_and_marks_are_nobodys_lines(repository):
    repository.write("a.py", "a\nb\nc\n")
    repository.write("u.py", "a\nb\n".encode("utf-16"))
    repository.commit()
    repository.write("a.py", b"\xef\xbb\xbfa\r\nb\r\nnew\r\nc\r\n")
    repository.write("u.py", "a\u0a0a\nb\n".encode("utf-16"))
    assert changed(repository) == {"a.py": {2}, "u.py": {0}}


def test_lone_carriage_returns_end_lines(repository):
    repository.write("a.py", "a\rb\rc\n")
    repository.commit()
    repository.write("a.py", "a\rb\rnew\rc\n")
    assert changed(repository) == {"a.py": {2}}


def test_a_personal_diff_configuration_changes_nothing(repository):
    repository.write("a.py", "a\nb\nc\nd\n")
    repository.commit()
    for key, value in {"diff.noprefix": "false", "diff.context": "9", "diff.interHunkContext": "9"}.items():
        repository.git("config", key, value)
    repository.git("config", "diff.mnemonicPrefix", "true")
    repository.git("config", "color.ui", "always")
    repository.write("a.py", "A\nb\nc\nD\n")
    assert changed(repository) == {"a.py": {0, 3}}


@pytest.mark.parametrize("revision", ["nonsense", "-x", "--output=x", "", "HEAD:a.py"])
def test_what_names_no_commit_is_said(repository, revision):
    repository.write("a.py", "a\n")
    repository.commit()
    with pytest.raises(git.GitError, match=r"names no commit|is not a revision"):
        Changes(repository.folder, revision)


def test_a_folder_without_git_is_said(tmp_path):
    with pytest.raises(git.GitError, match="in no git repository"):
        Changes(tmp_path, "HEAD")


def test_covers_asks_for_any_line():
    assert covers(None, 3, 3)
    assert covers(frozenset({4}), 3, 5)
    assert not covers(frozenset({4}), 5, 9)
    assert not covers(frozenset(), 0, 99)
