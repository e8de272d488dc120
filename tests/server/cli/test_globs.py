import pytest

from leery.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "matched", "other"),
    [
        ("**/node_modules/**", ["node_modules/a.js", "x/node_modules/y/a.js"], ["node_modules_/a.js", "my/nm.js"]),
        ("**/*.min.js", ["a.min.js", "x/y/a.min.js"], ["a.js", "a.min.jsx"]),
        ("vendor", ["vendor", "vendor/a.py", "vendor/x/a.py"], ["x/vendor/a.py", "vendors/a.py"]),
        ("vendor/", ["vendor/a.py"], ["vendor2/a.py"]),
        ("./gen/*.py", ["gen/a.py"], ["gen/x/a.py", "x/gen/a.py"]),
        ("a?.py", ["ab.py"], ["a/.py", "abc.py", "a.py"]),
        ("[a-c]x.py", ["bx.py"], ["dx.py"]),
        ("[!a]x.py", ["bx.py"], ["ax.py", "/x.py"]),
        ("*.{js,ts}", ["a.js", "a.ts"], ["a.py", "a.{js,ts}"]),
        ("a**b.py", ["a/x/b.py", "ab.py"], ["a/x/c.py"]),
        ("a.py", ["a.py"], ["aXpy", "x/a.py"]),
        ("new\nline.py", ["new\nline.py"], ["new"]),
        ("[z.py", ["[z.py"], ["z.py"]),
        ("[]x].py", ["].py", "x.py"], ["y.py"]),
        ("(a|b)+.py", ["(a|b)+.py"], ["a.py"]),
    ],
)
def test_patterns(pattern, matched, other):
    test = matcher([pattern])
    assert [name for name in matched if not test(name)] == []
    assert [name for name in other if test(name)] == []


def test_no_pattern_matches_nothing():
    assert not matcher([])("a.py")
    assert not matcher(["", "./"])("a.py")


def test_any_of_several():
    test = matcher(["a/**", "b.py"])
    assert [name for name in ("a/x.py", "b.py", "c.py") if test(name)] == ["a/x.py", "b.py"]
