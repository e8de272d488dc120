"""Pairs of handlers' bodies about elements that move, parts that are joined again, and arguments that are held."""

_PICK = "function pick(a, b) { return b; }\nfunction go(x) { return x; }\n"

PAIRS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "match slice": (
        ("", "  const [id, name] = q.match(/^(\\d+)-(.*)$/).slice(1); const v = name;\n"),
        ("", "  const [id, name] = q.match(/^(\\d+)-(.*)$/).slice(1); const v = id;\n"),
    ),
    "match shift": (
        ("", "  const m = q.match(/^(\\d+)-(.*)$/); m.shift(); const v = m[1];\n"),
        ("", "  const m = q.match(/^(\\d+)-(.*)$/); const v = m[1];\n"),
    ),
    "split slice": (
        ("", "  const v = ('x/' + q).split('/').slice(1)[0];\n"),
        ("", "  const v = ('x/y/' + q).split('/').slice(1)[0];\n"),
    ),
    "split slice end": (
        ("", "  const v = ('x/' + q).split('/').slice(0, -1)[1];\n"),
        ("", "  const v = ('x/' + q + '/y').split('/').slice(0, 1)[0];\n"),
    ),
    "split slice last": (
        ("", "  const v = (q + '/y').split('/').slice(-2)[0];\n"),
        ("", "  const v = (q + '/y').split('/').slice(-1).at(-1);\n"),
    ),
    "split reverse": (
        ("", "  const v = ('x/' + q).split('/').reverse()[0];\n"),
        ("", "  const v = ('x/' + q).split('/')[0];\n"),
    ),
    "split splice": (
        ("", "  const a = ('x/' + q).split('/'); a.splice(0, 1); const v = a[0];\n"),
        ("", "  const a = ('x/' + q).split('/'); const v = a[0];\n"),
    ),
    "split unshift": (
        ("", "  const a = ('x/' + q).split('/'); a.unshift(q); const v = a[0];\n"),
        ("", "  const a = ('x/' + q).split('/'); const b = a[0]; a.unshift(q); const v = b;\n"),
    ),
    "split push": (
        ("", "  const a = (q + '/x').split('/'); a.push(q); const v = a.pop();\n"),
        ("", "  const a = (q + '/x').split('/'); const v = a.pop();\n"),
    ),
    "split filter": (
        ("", "  const v = ('x/' + q).split('/').filter(Boolean)[0];\n"),
        ("", "  const v = ('x/' + q).split('/').map((p) => p)[0] && ('x/' + q).split('/')[0];\n"),
    ),
    "split filter fn": (
        ("", "  const v = ('x/' + q).split('/').filter((p) => p !== 'x')[0];\n"),
        ("", "  const a = ('x/' + q).split('/'); a.filter((p) => p !== 'x'); const v = a[0];\n"),
    ),
    "split sort": (
        ("", "  const a = ('x/' + q).split('/'); a.sort(); const v = a[0];\n"),
        ("", "  const a = ('x/' + q).split('/'); a.toSorted(); const v = a[0];\n"),
    ),
    "split sort fn": (
        ("", "  const a = ('x/' + q).split('/').sort((b, c) => b.length - c.length); const v = a[0];\n"),
        (
            "",
            "  const a = ('x/' + q).split('/'); const b = a.toSorted((c, d) => c.length - d.length); const v = a[0];\n",
        ),
    ),
    "held call": (
        (_PICK, "  const f = pick.bind(null, 'x'); const v = f.call(null, q);\n"),
        (_PICK, "  const f = pick.bind(null, q); const v = f.call(null, 'x');\n"),
    ),
    "held map": (
        (_PICK, "  const v = [q].map(pick.bind(null, 'x'))[0];\n"),
        (_PICK, "  const v = ['y'].map(pick.bind(null, q))[0];\n"),
    ),
    "held then": (
        (_PICK, "  const f = pick.bind(null, 'x'); const v = await go(q).then(f);\n"),
        (_PICK, "  const f = pick.bind(null, q); const v = await go('x').then(f);\n"),
    ),
    "held twice": (
        (_PICK, "  const f = pick.bind(null, 'x').bind(null, q); const v = f();\n"),
        (_PICK, "  const f = pick.bind(null, q).bind(null, 'x'); const v = f();\n"),
    ),
    "split joined": (
        ("", "  const v = q.split(/[^a-z]/).map((s) => s.trim()).join(';');\n"),
        ("", "  const v = q.split(/[^a-z]/).map((s) => s.trim()).join('-');\n"),
    ),
    "split joined by another": (
        ("", "  const v = q.split(/[^a-z]/).join(q);\n"),
        ("", "  const v = q.split(/[^a-z]/).join('');\n"),
    ),
    "place from": (
        ("", "  const v = ['a', 'b'].indexOf('a', 1) === 0 ? 'x' : q;\n"),
        ("", "  const v = ['a', 'b'].indexOf('a') === 0 ? 'x' : q;\n"),
    ),
    "place of a type": (
        ("", "  const v = [true, 1].indexOf(1) === 1 ? q : 'x';\n"),
        ("", "  const v = [true, 1].indexOf(1) === 0 ? q : 'x';\n"),
    ),
    "filter known": (
        ("", "  const a = [{ k: 'a', t: 'x' }, { k: 'u', t: q }]; const v = a.filter((p) => p.k !== 'n')[1].t;\n"),
        ("", "  const a = [{ k: 'u', t: q }, { k: 'a', t: 'x' }]; const v = a.filter((p) => p.k !== 'u')[0].t;\n"),
    ),
    "filter by place": (
        ("", "  const v = ['b', 'a', q].filter((p, i) => i > 1)[0];\n"),
        ("", "  const v = ['b', 'a', q].filter((p, i) => i < 2)[0];\n"),
    ),
    "find known": (
        ("", "  const v = [{ w: 5, t: 'x' }, { w: 1, t: q }].find((p) => p.w === 1).t;\n"),
        ("", "  const v = [{ w: 5, t: 'x' }, { w: 1, t: q }].find((p) => p.w === 5).t;\n"),
    ),
    "order of numbers": (
        ("", "  const a = [{ w: 5, t: 'x' }, { w: 1, t: q }]; a.sort((b, c) => b.w - c.w); const v = a[0].t;\n"),
        ("", "  const a = [{ w: 5, t: 'x' }, { w: 1, t: q }]; a.sort((b, c) => c.w - b.w); const v = a[0].t;\n"),
    ),
    "order of texts": (
        (
            "",
            "  const a = [{ n: 'b', t: 'x' }, { n: 'a', t: q }]; const v = a.toSorted((b, c) => b.n.localeCompare(c.n))[0].t;\n",
        ),
        (
            "",
            "  const a = [{ n: 'b', t: 'x' }, { n: 'a', t: q }]; const v = a.toSorted((b, c) => b.n.localeCompare(c.n))[1].t;\n",
        ),
    ),
    "order of what is not known": (
        ("", "  const v = ['b', q].sort()[0];\n"),
        ("", "  const a = { a: q, b: 'x' }; const v = a[['b', 'a'].sort()[1]];\n"),
    ),
    "some known": (
        ("", "  const v = [{ on: true }].some((p) => p.on) ? q : 'x';\n"),
        ("", "  const v = [{ on: false }].some((p) => p.on) ? q : 'x';\n"),
    ),
}
"""What stands in front, and in the handler: first what reaches the shell, then what does not."""
