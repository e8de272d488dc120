"""Exact units of hand-written samples in the languages with braces."""

from __future__ import annotations

import pytest

from leery_analyzers.syntax import parse
from leery_analyzers.text import Text
from leery_analyzers.units import segment

TYPESCRIPT = """\
// Header
import React, { useState } from 'react';
import {
  a,
  b as c,
} from "./ab";
const fs = require('fs'), os = require("os");

const X = { f() { return "}" } };

export default async function main(a: { x: number }, b = '}') {
  const s = `a${b ? `${a}` : "`"} }`;
  return <p>Don't {a.x} it's</p>;
}
function quoted() { return /['"}]/.test(X) }
export const arrow = async (
  x: string,
): Promise<void> => {
  if (x) { eval(x) }
}
const short = (e) => e + 1

@Component({
  selector: 'x',
})
export class Foo<T extends { a: 1 }, U = any> extends React.Component<{ foo: string }, State> {
  private x: number = 5;
  static y = { a: 1 }
  z

  @Input() name: string;

  constructor(private index = (a + 1)) {
    super();
  }

  @HostListener('click', ['$event'])
  onClick(ev): { a: number } {
    foo(() => { return 1 });
  }
  handler = async (e) => {
    await fetch(`${e}/x`)
  }
  get v() { return this.x }
  async *[Symbol.iterator]<V = string>() {
    yield /}/
  }
}

namespace N {
  export function q() {
    return 1;
  }
  export class C {
    m() {}
  }
}
interface I {
  a: string
}
const dash = Buffer.from('--')

/** Doc. */
function after() {}
if (X) {
  main()
}
else {
  arrow('a')
}
"""

TYPESCRIPT_UNITS = [
    ("statements", "", 1, 8),
    ("statements", "", 9, 10),
    ("function", "main", 11, 14),
    ("function", "quoted", 15, 15),
    ("function", "arrow", 16, 20),
    ("function", "short", 21, 22),
    ("class", "Foo", 23, 49),
    ("function", "Foo.constructor", 33, 36),
    ("function", "Foo.onClick", 37, 40),
    ("function", "Foo.handler", 41, 43),
    ("function", "Foo.v", 44, 44),
    ("function", "Foo", 45, 47),
    ("class", "N", 50, 57),
    ("function", "N.q", 51, 53),
    ("class", "N.C", 54, 56),
    ("function", "N.C.m", 55, 55),
    ("statements", "", 58, 63),
    ("function", "after", 64, 64),
    ("statements", "", 65, 70),
]

JAVA = '''\
package a.b;

import java.util.*;
import static x.Y.z;

/** Doc. */
@RestController
@RequestMapping({"/a", "/b"})
public class Foo<T> extends Bar implements Baz {
    private static final String Q = "{";
    int[] arr = {1, 2};
    Runnable r = () -> {
        System.out.println("}");
    };

    static {
        init();
    }

    public Foo(int a) {
        super(a);
    }

    @GetMapping(value = "/x")
    public String q(
            @RequestParam("u") String u,
            int b) throws IOException {
        String sql = """
            select } from {
            """;
        char c = '"';
        return st.executeQuery("a" + u);
    }

    abstract void nope();

    enum Color {
        RED, GREEN;

        Color other() { return RED; }
    }

    record P(int x) {
        int y() { return x; }
    }
}
@interface Marker { }
'''

JAVA_UNITS = [
    ("statements", "", 1, 2),
    ("statements", "", 3, 6),
    ("class", "Foo", 7, 46),
    ("function", "Foo.Foo", 20, 23),
    ("function", "Foo.q", 24, 34),
    ("class", "Foo.Color", 37, 42),
    ("function", "Foo.Color.other", 40, 40),
    ("class", "Foo.P", 43, 45),
    ("function", "Foo.P.y", 44, 44),
    ("class", "Marker", 47, 47),
]

CSHARP = '''\
using System;
using X = A.B<C>;

namespace N.M
{
    #region Foo's
    [ApiController]
    public class Foo : Base<int>, IBar where T : class
    {
        public int P { get; set; } = 5;
        private readonly string _s = @"c:\\{";
        public string R => $"{_s}";
        public Box B => new Box(1) { A = 2 };

        public Foo(int a) : base(a)
        {
        }

        [HttpGet("x")]
        public async Task<string> Get([FromQuery] string q)
        {
            var v = @"multi
line "" }
";
            var w = """
                raw { "
                """;
            return $"select {q} from {{t}}";
        }

        public string Kind(int x) => x switch
        {
            1 => "one",
            _ => "many",
        };

        struct In
        {
            void M() { }
        }
    }
    #endregion
}
'''

CSHARP_UNITS = [
    ("statements", "", 1, 3),
    ("class", "N.M", 4, 43),
    ("class", "N.M.Foo", 7, 42),
    ("function", "N.M.Foo.Foo", 15, 18),
    ("function", "N.M.Foo.Get", 19, 30),
    ("function", "N.M.Foo.Kind", 31, 36),
    ("class", "N.M.Foo.In", 37, 40),
    ("function", "N.M.Foo.In.M", 39, 39),
]

CSHARP_TOP = """\
using Web;

var app = Build(args);
app.MapGet("/", (string q) =>
{
    return q;
});

if (app.Dev)
{
    app.Trace();
}
else
{
    app.Hide();
}
app.Run();

static string Greet(string name)
{
    return name;
}
"""

CSHARP_TOP_UNITS = [
    ("statements", "", 1, 2),
    ("statements", "", 3, 8),
    ("statements", "", 9, 18),
    ("function", "Greet", 19, 22),
]

GO = """\
package main

import (
	"fmt"
	x "os/exec"
)
import "net/http"

const a = `{
func no() {
`

type T struct {
	a int
}

// F doc
func F(a int) (int, error) {
	return '{', nil
}

func (t *T) Run(cmd string) {
	exec.Command("sh", "-c", cmd).Run()
}
var q = 5
var r = map[string]int{
	"a": 1,
}
"""

GO_UNITS = [
    ("statements", "", 1, 2),
    ("statements", "", 3, 8),
    ("statements", "", 9, 12),
    ("statements", "", 13, 17),
    ("function", "F", 18, 21),
    ("function", "T.Run", 22, 24),
    ("statements", "", 25, 28),
]

SAMPLES = [
    pytest.param("typescriptreact", TYPESCRIPT, TYPESCRIPT_UNITS, id="typescript"),
    pytest.param("java", JAVA, JAVA_UNITS, id="java"),
    pytest.param("csharp", CSHARP, CSHARP_UNITS, id="csharp"),
    pytest.param("csharp", CSHARP_TOP, CSHARP_TOP_UNITS, id="csharp-top"),
    pytest.param("go", GO, GO_UNITS, id="go"),
]


def last_line(unit) -> int:
    """The last line of a unit, from 1."""
    return unit.line + Text(unit.text).line_count - (1 if unit.text.endswith(("\r", "\n")) else 0)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("language", "source", "expected"), SAMPLES)
def test_units_of_a_sample(language, source, expected, ending):
    units = segment(source.replace("\n", ending), language)
    found = [(unit.kind, unit.name, unit.line + 1, last_line(unit)) for unit in units]
    assert found == expected
    assert not [unit.name for unit in units if parse(unit).has_error]


def test_imports_hold_in_the_whole_file_and_are_not_those_of_the_unit_itself():
    units = segment(TYPESCRIPT, "typescriptreact")
    imports = (
        "import React, { useState } from 'react';",
        'import {\n  a,\n  b as c,\n} from "./ab";',
        "const fs = require('fs'), os = require(\"os\");",
    )
    assert units[0].imports == ()
    assert {unit.imports for unit in units[1:]} == {imports}


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("java", JAVA, ("import java.util.*;", "import static x.Y.z;")),
        ("csharp", CSHARP, ("using System;", "using X = A.B<C>;")),
        ("go", GO, ('import (\n\t"fmt"\n\tx "os/exec"\n)', 'import "net/http"')),
    ],
)
def test_imports_of_other_languages(language, source, expected):
    assert segment(source, language)[-1].imports == expected


def test_an_import_below_holds_too():
    first = segment("f()\n\nimport a from 'a'\n", "javascript")[0]
    assert first.text == "f()\n\n"
    assert first.imports == ("import a from 'a'",)


def test_a_method_stands_in_the_headers_of_its_containers():
    method = next(unit for unit in segment(CSHARP, "csharp") if unit.name == "N.M.Foo.In.M")
    assert method.text == "            void M() { }\n"
    assert method.prefix == (
        "namespace N.M\n{\n    [ApiController]\n    public class Foo : Base<int>, IBar where T : class\n    {\n"
        "        struct In\n        {\n"
    )
    assert method.suffix == "\n}}}"


def test_a_frame_has_its_members_blanked():
    frame = next(unit for unit in segment("class A {\n  x = 1\n  m() { é }\n  y = 2\n}\n", "javascript"))
    assert frame.text == "class A {\n  x = 1\n           \n  y = 2\n}\n"


def test_a_brace_too_few_spoils_one_member_only():
    source = JAVA.replace("        super(a);\n    }\n", "        super(a);\n        if (a) {\n    }\n")
    units = {unit.name: unit for unit in segment(source, "java")}
    assert parse(units["Foo.Foo"]).has_error
    assert not parse(units["Foo.q"]).has_error
    assert not parse(units["Marker"]).has_error


@pytest.mark.parametrize(
    ("language", "broken", "after"),
    [
        ("go", "func a() {\n\tif x {\n", "func b() {\n}\n"),
        ("javascript", "function a() {\n  if (x) {\n", "function b() {\n}\n"),
        ("javascript", "foo(`a`, {\n", "export function b() {\n}\n"),
        ("csharp", "class A {\n  void F() {\n    if (x) {\n", "public class b {\n}\n"),
    ],
)
def test_a_keyword_in_the_first_column_ends_open_braces(language, broken, after):
    last = segment(broken + after, language)[-1]
    assert (last.name, last.text, last.prefix) == ("b", after, "")


def test_functions_of_a_wrapper_in_the_first_column_stay_in_it():
    source = "(function ($) {\nfunction a() {\n}\nfunction b() {\n}\n})(jQuery);\n"
    assert [unit.text for unit in segment(source, "javascript")] == [source]


def test_two_containers_on_one_line_are_one():
    units = segment("namespace A { class B {\n  void M() { }\n} }\n", "csharp")
    assert [(unit.kind, unit.name, unit.line) for unit in units] == [("class", "A", 0)]


def test_containers_nest_up_to_a_limit():
    depth = 40
    opened = "".join(f"{' ' * level}class A{level} {{\n" for level in range(depth))
    source = f"{opened}{' ' * depth}void m() {{ }}\n" + "".join(
        f"{' ' * level}}}\n" for level in reversed(range(depth))
    )
    units = segment(source, "java")
    assert [unit.kind for unit in units] == ["class"] * 30
    assert not [unit.name for unit in units if parse(unit).has_error]


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        (
            "go",
            (
                'const table = "users"\n\nconst (\n\tA = "a" // note\n\tB\n)\n\n'
                'var known = map[string]bool{\n\t"a": true,\n}\n\n'
                "var made = f()\n\nfunc g() {\n\tuse(table, A, B, known, made)\n}\n"
            ),
            (
                ("A", '"a" // note'),
                ("B", ""),
                ("known", 'map[string]bool{\n\t"a": true,\n}'),
                ("table", '"users"'),
            ),
        ),
        (
            "csharp",
            (
                'class A {\n    private const string Table = "a;b";\n    static readonly string[] Names = { "a" };\n'
                '    static readonly HashSet<string> Known = new() {\n        "a",\n    };\n    string open = "a";\n'
                "    void F() {\n        Use(Table, Known, open);\n    }\n}\n"
            ),
            (("Known", 'new() {\n        "a",\n    }'), ("Table", '"a;b"')),
        ),
        (
            "java",
            (
                'class A {\n    private static final String T = "a;{";\n    final static byte[] IV = {1, -2};\n'
                '    static final Set<String> KNOWN = Set.of(\n        "a", "b");\n    static final int N = 1_000;\n'
                '    static String open = "a";\n    static final Object MADE = new Object();\n'
                "    void f() {\n        use(T, IV, KNOWN, N, open, MADE);\n    }\n}\n"
            ),
            (("IV", "{1, -2}"), ("KNOWN", 'Set.of(\n        "a", "b")'), ("N", "1_000"), ("T", '"a;{"')),
        ),
    ],
)
def test_constants_that_a_unit_names_come_with_it(language, source, expected):
    units = segment(source, language)
    assert units[-1].constants == expected
    assert all(unit.constants == () for unit in units[:-1])


def test_what_looks_like_a_comment_in_a_text_does_not_hide_a_name():
    source = '@WebServlet("/a/*")\npublic class A {\n    void f() {\n        use();\n    }\n}\n'
    assert [unit.name for unit in segment(source, "java")] == ["A", "A.f"]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("go", "var table = [...]byte{" + "\t// a, b: c\n\t1,\n" * 300 + "\tf(),\n}\n"),
        ("go", "const (\n" + '\ta = "(" // it\'s\n' * 300 + "\n"),
        ("go", "const" + " " * 100_000 + "a\n"),
        ("csharp", "class A {\n    private const" + " " * 5_000 + "\n}\n"),
        ("csharp", "class A {\n    static readonly int[] a = new[] {" + "1, 'a', [2]," * 3_000 + " f() };\n}\n"),
    ],
)
def test_what_looks_like_constants_and_is_not_takes_no_time(language, source):
    assert [unit.constants for unit in segment(source, language)] == [()]


def test_a_constant_changes_the_units_that_name_it_only():
    source = 'const a = "{}"\n\nfunc f() {{\n\tuse(a)\n}}\n\nfunc g() {{\n\tuse(b)\n}}\n'
    before, after = (segment(source.format(value), "go") for value in "xy")
    assert [one.key == other.key for one, other in zip(before, after, strict=True)] == [False, False, True]
