"""Segmenting after every edit gives what segmenting the whole text at once gives, valid code or garbage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery_analyzers.text import Text, TextEdit, TextRange
from leery_analyzers.units import Segmenter, segment

pytestmark = pytest.mark.portable

PYTHON = '''\
"""Doc."""
import os
from a import (
    b as c,
)

X = {
    1: 2,
}
Y = f"{X["a"]}"

@deco(
    1,
)
def f(a,
      b=")"):
    """x
def g(): pass
    """
    import json; import re
    return [a \\
        for a in b]

class A(B,
        C):
    """Doc."""
    x = 1

    @staticmethod
    def m(self):
        pass
    y = 2
    class In:
        def q(self): return 1

        async def r(self):
            s = \'\'\'
    def no(): pass
\'\'\'
        z = 3

    def n(self): pass

if __name__ == "__main__":
    import late

    f(1)
else:
    g()
'''

TYPESCRIPT = r"""// Header comment
import React, { useState } from 'react';
import {
  a,
  b as c,
} from "./ab";
const fs = require('fs');

const X = 5;
const Y = {
  a: 1,
  f() { return "}" },
};

// don't
export default async function main(a: {x: number}, b = '}') {
  const s = `a${b ? `${a}` : "`"} }`;
  return <p>Don't {a.x} it's</p>;
}
function g() { return /['"}]/.test(a) }
export const h = async (
  x: string,
): Promise<void> => {
  if (x) { eval(x) }
}
const k = (e) => e + 1

@Component({
  selector: 'x',
})
export class Foo<T extends {a: 1}> extends React.Component<{foo: string}, State> {
  private x: number = 5;
  static y = { a: 1 }
  z

  @Input() name: string;

  constructor(private http: Http) {
    super();
  }

  @HostListener('click', ['$event'])
  onClick(ev): { a: number } {
    if (ev) {
      foo(() => { return 1 });
    }
  }
  handler = async (e) => {
    await fetch(`${e}/x`)
  }
  get v() { return this.x }
  async *gen<T>(a: T) {
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
if (X) {
  g()
}
else {
  h('a')
}
app.get('/', (req, res) => {
  res.send(`<b>${req.query.q}</b>`)
})
"""
JAVA = r'''package a.b;

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

    enum Color { RED, GREEN }

    static class Inner {
        void m() { }
    }
    record P(int x) {
        int y() { return x; }
    }
}

interface Z {
    default void d() {
        int x = 1;
    }
}
'''
CSHARP = r'''using System;
using X = A.B<C>;

namespace N.M
{
    #region Foo's
    [ApiController]
    public class Foo : Base<int>, IBar where T : class
    {
        public int P { get; set; } = 5;
        private readonly string _s = @"c:\{";
        public string R => $"{_s}";

        public Foo(int a) : base(a)
        {
        }

        [HttpGet("x")]
        public async Task<string> Get([FromQuery] string q)
        {
            var s = $"select {q} from {{t}}";
            var v = @"multi
line "" }
";
            var w = """
                raw { "
                """;
            return s;
        }

        public int Twice(int x) => x * 2;

        struct In
        {
            void M() { }
        }
    }
    #endregion
}
'''
GO = r"""package main

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
	if a > 0 {
		return 1, nil
	}
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

SAMPLES = {
    "python": PYTHON,
    "javascript": TYPESCRIPT,
    "typescript": TYPESCRIPT,
    "java": JAVA,
    "csharp": CSHARP,
    "go": GO,
    "ruby": PYTHON,
}


FRAGMENTS = [
    *"()[]{}\"'`\\#/*;:,.@=<>$ \t\n\r\f",
    "\r\n", '"""', "'''", "\n\n", "\n    ", "    ", "/*", "*/", "//", "${", "\\\n", "x", "é", "\u2028", "\ud800",
    "import a\n", "from b import c\n", "def h(y):\n    return y\n", "    def k(self): pass\n", "@deco\n", "class K:\n",
    "class In2(\n  object):\n", "else:\n", "f'{x", 'f"{"a"}"',
    "function q(a) {\n", "}\n", "class Z extends Y {\n", "  go() { return 1 }\n", "import z from 'z';\n", "=> {",
    "public class T {\n", "  private int v(String s) {\n", "package p;\n", "func Do(a int) {\n", "using System;\n",
    "namespace N\n{\n", "export default ", "const r = /[/'\"]/;\n", "`a${b", '@"', '$"', "const q = require('q')\n",
]  # fmt: skip

EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 200)),
        st.lists(st.sampled_from(FRAGMENTS), max_size=4).map("".join),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("language", SAMPLES)
@settings(max_examples=40)
@given(edits=EDITS, ending=st.sampled_from(["\n", "\n", "\r\n", "\r"]))
def test_incremental_equals_batch(language, edits, ending):
    text = Text(SAMPLES[language].replace("\n", ending))
    segmenter = Segmenter(language)
    segmenter.reset(text)
    units = segmenter.units()
    for at, deleted, inserted in edits:
        start = at % (len(text) + 1)
        edit = TextEdit(start, min(start + deleted, len(text)), inserted)
        text = text.replace(edit.start, edit.end, edit.text)
        affected = segmenter.edit(text, edit)
        before, units = units, segmenter.units()
        assert units == segment(text, language)
        check_affected(before, units, affected, text)
    check_partition(units, text)


def check_affected(before, after, affected: TextRange, text: Text) -> None:
    """A unit outside the range is one that was there before; a frame may differ in how long its members are."""
    assert 0 <= affected.start <= affected.end <= len(text)
    known = {signature(unit) for unit in before}
    for unit in after:
        if unit.end <= affected.start or affected.end <= unit.start:
            assert signature(unit) in known


def signature(unit):
    text = unit.text.split() if unit.kind == "class" else unit.text
    return (unit.kind, unit.name, unit.prefix, unit.suffix, unit.imports, str(text))


def check_partition(units, text: Text) -> None:
    """Every character lies in one unit that shows it; other units that span it show a blank or their filler there."""
    whole = str(text)
    owners = [0] * len(whole)
    for unit in units:
        assert unit.end - unit.start == len(unit.text)
        assert text.line_of(unit.start) == unit.line
        assert text.line_start(unit.line) == unit.start
        if unit.kind == "class":
            continue
        assert unit.text == whole[unit.start : unit.end]
        for offset in range(unit.start, unit.end):
            owners[offset] += 1
    frames = sorted((unit for unit in units if unit.kind == "class"), key=lambda unit: len(unit.text))
    for unit in frames:  # inner ones first: what they own is blank in those around them
        for offset in range(unit.start, unit.end):
            if not owners[offset]:
                assert unit.text[offset - unit.start] == whole[offset]
                owners[offset] = 1
    assert owners == [1] * len(whole)
    assert [(unit.start, -len(unit.text)) for unit in units] == sorted((u.start, -len(u.text)) for u in units)
