"""Pairs of handlers' bodies that differ in where a value goes: to a shell, or not."""

HEAD = "const { exec } = require('child_process');\n"
HANDLER = "app.get('/x', (req, res) => {\n  const q = String(req.query.q);\n"
END = "  exec('ls ' + v);\n  res.end();\n});\n"

PAIRS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "map delete": (
        ("", "  const m=new Map([['a',q]]); m.delete('b'); const v=m.get('a') ?? 'd';\n"),
        ("", "  const m=new Map([['a',q]]); m.delete('a'); const v=m.get('a') ?? 'd';\n"),
    ),
    "map has": (
        ("", "  const m=new Map([['a',q]]); const v=m.has('a') ? m.get('a') : 'd';\n"),
        ("", "  const m=new Map([['b',q]]); const v=m.has('a') ? q : 'd';\n"),
    ),
    "map values": (
        ("", "  const m=new Map([['a','x'],['b',q]]); const v=[...m.values()][1];\n"),
        ("", "  const m=new Map([['a','x'],['b',q]]); const v=[...m.values()][0];\n"),
    ),
    "map keysit": (
        ("", "  const m=new Map([['a',q],[q,'x']]); const v=[...m.keys()].join(' ');\n"),
        ("", "  const m=new Map([['a',q],['b',q]]); const v=[...m.keys()].join(' ');\n"),
    ),
    "map iter": (
        ("", "  const m=new Map([['a',q],['b','x']]); let v=''; for (const [k,x] of m) v += x;\n"),
        ("", "  const m=new Map([['a',q],['b','x']]); let v=''; for (const [k,x] of m) v += k;\n"),
    ),
    "map chain": (
        ("", "  const m=new Map().set('a',q).set('b','x'); const v=m.get('a');\n"),
        ("", "  const m=new Map().set('a',q).set('b','x'); const v=m.get('b');\n"),
    ),
    "weakmap": (
        ("", "  const k={}, l={}; const w=new WeakMap(); w.set(k,q); const v=w.get(k);\n"),
        ("", "  const k={}; const w=new WeakMap(); w.set(k,{raw:q,ok:'x'}); const v=w.get(k).ok;\n"),
    ),
    "obj delete": (
        ("", "  const o={a:q}; delete o.b; const v=o.a || 'd';\n"),
        ("", "  const o={a:q}; delete o.a; const v=o.a || 'd';\n"),
    ),
    "spread open": (
        ("", "  const o={a:'x', ...req.query}; const v=o.a;\n"),
        ("", "  const o={...req.query, a:'x'}; const v=o.a;\n"),
    ),
    "assign open": (
        ("", "  const o=Object.assign({a:'x'}, req.query); const v=o.a;\n"),
        ("", "  const o=Object.assign({}, req.query, {a:'x'}); const v=o.a;\n"),
    ),
    "splice": (
        ("", "  const l=['x',q,'y']; l.splice(0,1); const v=l[0];\n"),
        ("", "  const l=['x',q,'y']; l.splice(1,1); const v=l[1];\n"),
    ),
    "splice ret": (
        ("", "  const l=['x',q,'y']; const v=l.splice(1,1)[0];\n"),
        ("", "  const l=['x',q,'y']; const v=l.splice(0,1)[0];\n"),
    ),
    "splice ins": (
        ("", "  const l=['x','y']; l.splice(1,0,q); const v=l[1];\n"),
        ("", "  const l=['x','y']; l.splice(1,0,q); const v=l[2];\n"),
    ),
    "reverse": (
        ("", "  const l=['x','y',q].reverse(); const v=l[0];\n"),
        ("", "  const l=['x','y',q].reverse(); const v=l[2];\n"),
    ),
    "toReversed": (
        ("", "  const l=['x','y',q].toReversed(); const v=l[0];\n"),
        ("", "  const l=['x','y',q]; const m=l.toReversed(); const v=l[0];\n"),
    ),
    "with": (
        ("", "  const l=['x','y'].with(0,q); const v=l[0];\n"),
        ("", "  const l=['x',q].with(1,'z'); const v=l[1];\n"),
    ),
    "sliceneg": (
        ("", "  const l=['x',q,'z']; const v=l.slice(-2)[0];\n"),
        ("", "  const l=['x',q,'z']; const v=l.slice(-1)[0];\n"),
    ),
    "destr holes": (("", "  const [,b]=['x',q]; const v=b;\n"), ("", "  const [b,]=['x',q]; const v=b;\n")),
    "destr holes3": (("", "  const [,,b]=['x','y',q]; const v=b;\n"), ("", "  const [,b,]=[q,'y',q]; const v=b;\n")),
    "destr short": (("", "  const [a,b]=['x',q,'y']; const v=b;\n"), ("", "  const [a]=['x',q,'y']; const v=a;\n")),
    "arith3": (
        ("", "  const n=Math.floor(7/2); const v=n===3 ? q : 'x';\n"),
        ("", "  const n=Math.floor(7/2); const v=n===4 ? q : 'x';\n"),
    ),
    "arith4": (
        ("", "  const n=(5**2)<<1; const v=n===50 ? q : 'x';\n"),
        ("", "  const n=(5**2)<<1; const v=n!==50 ? q : 'x';\n"),
    ),
    "mathmax": (
        ("", "  const n=Math.max(3,8); const v=n===8 ? q : 'x';\n"),
        ("", "  const n=Math.max(3,8); const v=n===3 ? q : 'x';\n"),
    ),
    "parseint": (
        ("", "  const n=parseInt('12',10); const v=n===12 ? q : 'x';\n"),
        ("", "  const n=parseInt('12',10); const v=n===13 ? q : 'x';\n"),
    ),
    "bits": (("", "  const f=0b101; const v=f&4 ? q : 'x';\n"), ("", "  const f=0b101; const v=f&2 ? q : 'x';\n")),
    "forlast": (
        ("", "  let v='x'; for (const x of ['a',q]) v=x;\n"),
        ("", "  let v='x'; for (const x of [q,'a']) v=x;\n"),
    ),
    "forbreak": (
        ("", "  let v='x'; for (const x of [q,'a']) { v=x; break; }\n"),
        ("", "  let v='x'; for (const x of ['a',q]) { v=x; break; }\n"),
    ),
    "gen": (
        ("function* g(x){ yield 'a'; yield x; yield 'c'; }\n", "  const v=[...g(q)][1];\n"),
        ("function* g(x){ yield 'a'; yield x; yield 'c'; }\n", "  const v=[...g(q)][0];\n"),
    ),
    "gen next": (
        (
            "function* g(x){ yield 'a'; yield x; yield 'c'; }\n",
            "  const it=g(q); it.next(); const v=it.next().value;\n",
        ),
        ("function* g(x){ yield 'a'; yield x; yield 'c'; }\n", "  const it=g(q); const v=it.next().value;\n"),
    ),
    "gen destr": (
        ("function* g(x){ yield 'a'; yield x; yield 'c'; }\n", "  const [a,b]=g(q); const v=b;\n"),
        ("function* g(x){ yield 'a'; yield x; yield 'c'; }\n", "  const [a,b]=g(q); const v=a;\n"),
    ),
    "gen deleg": (
        ("function* g(x){ yield 'a'; yield x; }\nfunction* h(x){ yield* g(x); }\n", "  const [a,b]=h(q); const v=b;\n"),
        ("function* g(x){ yield 'a'; yield x; }\nfunction* h(x){ yield* g(x); }\n", "  const [a,b]=h(q); const v=a;\n"),
    ),
    "getter": (
        (
            "class S { #z; set z(x){ this.#z=x; } get z(){ return this.#z || 'd'; } }\n",
            "  const s=new S(); s.z=q; const v=s.z;\n",
        ),
        (
            "class S { #z; set z(x){ this.#z=x; } get z(){ this.#z &&= 'c'; return this.#z || 'd'; } }\n",
            "  const s=new S(); s.z=q; const v=s.z;\n",
        ),
    ),
    "setclean": (
        (
            "class S { #z; set z(x){ this.#z=x.trim(); } get z(){ return this.#z; } }\n",
            "  const s=new S(); s.z=q; const v=s.z;\n",
        ),
        (
            "class S { #z; set z(x){ this.#z=x.replace(/[^a-z]/g,''); } get z(){ return this.#z; } }\n",
            "  const s=new S(); s.z=q; const v=s.z;\n",
        ),
    ),
    "b64": (
        ("", "  const v=Buffer.from(Buffer.from(q).toString('base64'),'base64').toString();\n"),
        ("", "  const v=Buffer.from(q).toString('base64');\n"),
    ),
    "b64b": (("", "  const v=atob(btoa(q));\n"), ("", "  const v=btoa(q);\n")),
    "hex": (
        ("", "  const v=Buffer.from(Buffer.from(q).toString('hex'),'hex').toString();\n"),
        ("", "  const v=Buffer.from(q).toString('hex');\n"),
    ),
    "json": (
        ("", "  const v=JSON.parse(JSON.stringify({a:q,b:'x'})).a;\n"),
        ("", "  const v=JSON.parse(JSON.stringify({a:q,b:'x'})).b;\n"),
    ),
    "entriesloop": (
        ("", "  let v=''; for (const [k,x] of Object.entries({a:q,b:'c'})) if (k==='a') v=x;\n"),
        ("", "  let v=''; for (const [k,x] of Object.entries({a:q,b:'c'})) if (k==='b') v=x;\n"),
    ),
    "arrentries": (
        ("", "  let v=''; for (const [i,x] of ['x',q].entries()) if (i===1) v=x;\n"),
        ("", "  let v=''; for (const [i,x] of ['x',q].entries()) if (i===0) v=x;\n"),
    ),
    "set": (
        ("", "  const s=new Set(['x']); s.add(q); const v=[...s][1];\n"),
        ("", "  const s=new Set(['x']); s.add(q); s.delete(q); const v=[...s][0];\n"),
    ),
    "postfix": (("", "  let i=0; const v=[q,'x'][i++];\n"), ("", "  let i=0; const v=['x',q][i++];\n")),
    "copywithin": (
        ("", "  const l=['x',q]; l.sort(); const v=l[0];\n"),
        ("", "  const l=['x','y']; l.sort(); const v=l[0];\n"),
    ),
    "arrfrom": (
        ("", "  const v=Array.from({length:2},()=>q).join(' ');\n"),
        ("", "  const v=Array.from({length:2},(_, i)=>i).join(' ');\n"),
    ),
    "reflect": (
        ("", "  const o={}; Reflect.set(o,'a',q); const v=Reflect.get(o,'a');\n"),
        ("", "  const o={b:'x'}; Reflect.set(o,'a',q); const v=Reflect.get(o,'b');\n"),
    ),
    "defprop": (
        ("", "  const o={}; Object.defineProperty(o,'a',{value:q}); const v=o.a;\n"),
        ("", "  const o={b:'x'}; Object.defineProperty(o,'a',{value:q}); const v=o.b;\n"),
    ),
    "what a function leaves behind": (
        (
            "function box(){ let x='a'; return { put(y){ x=y; }, get(){ return x; } }; }\n",
            "  const b=box(); b.put(q); const v=b.get();\n",
        ),
        (
            "function box(){ let x='a'; return { put(y){ x=y; }, get(){ return x; } }; }\n",
            "  const b=box(), c=box(); c.put(q); const v=b.get();\n",
        ),
    ),
    "bits taken out": (
        ("", "  const m=(1|2|4)&~1; const v=m & 2 ? q : 'x';\n"),
        ("", "  const m=(1|2|4)&~2; const v=m & 2 ? q : 'x';\n"),
    ),
    "negative": (
        ("", "  const n=2; const v=['a',q,'c'].at(-n);\n"),
        ("", "  const n=1; const v=['a',q,'c'].at(-n);\n"),
    ),
    "slice of a known start": (
        ("", "  const p='abc'; const v=(p+q).slice(p.length);\n"),
        ("", "  const p='abc'; const v=(p+q).slice(0,p.length);\n"),
    ),
    "substr of a known start": (
        ("", "  const v=('abc'+q).substr(1,3);\n"),
        ("", "  const v=('abc'+q).substr(1,2);\n"),
    ),
    "character of a known start": (("", "  const v=('a'+q)[1];\n"), ("", "  const v=('ab'+q)[1];\n")),
    "split at": (
        ("", "  const v=('a,'+q).split(',')[1];\n"),
        ("", "  const v=('a,'+q).split(',')[0];\n"),
    ),
    "split apart": (
        ("", "  const [a, v]=('a,'+q).split(',');\n"),
        ("", "  const [v, a]=('a,'+q).split(',');\n"),
    ),
    "split and pop": (
        ("", "  const v=('a,'+q).split(',').pop();\n"),
        ("", "  const v=(q+',a').split(',').pop();\n"),
    ),
    "split and shift": (
        ("", "  const l=('a,'+q).split(','); l.shift(); const v=l.shift();\n"),
        ("", "  const l=('a,'+q).split(','); const v=l.shift();\n"),
    ),
    "finally gives back": (
        ("function f(x){ try { return x; } finally { log('a'); } }\n", "  const v=f(q);\n"),
        ("function f(x){ try { return x; } finally { return 'a'; } }\n", "  const v=f(q);\n"),
    ),
    "finally gives back at times": (
        ("function f(x){ try { return x; } finally { if (late) return 'a'; } }\n", "  const v=f(q);\n"),
        ("function f(x){ try { go(x); } catch (e) { return x; } finally { return 'a'; } }\n", "  const v=f(q);\n"),
    ),
    "finally gives back the other": (
        ("function f(x){ try { return 'a'; } finally { return x; } }\n", "  const v=f(q);\n"),
        (
            "function f(x){ for (const y of [x]) { try { return y; } finally { break; } } return 'a'; }\n",
            "  const v=f(q);\n",
        ),
    ),
    "toString in a template": (
        (
            "class A { constructor(x){ this.x=x; this.y='b'; } toString(){ return this.x; } }\n",
            "  const v=`${new A(q)}`;\n",
        ),
        (
            "class A { constructor(x){ this.x=x; this.y='b'; } toString(){ return this.y; } }\n",
            "  const v=`${new A(q)}`;\n",
        ),
    ),
    "toString by plus": (
        (
            "class A { #x; constructor(x){ this.#x=x; } toString(){ return this.#x; } }\n",
            "  const a=new A(q); const v='' + a;\n",
        ),
        (
            "class A { #x; constructor(x){ this.#x=x.replace(/\\W/g,''); this.raw=x; } toString(){ return this.#x; } }\n",
            "  const a=new A(q); const v='' + a;\n",
        ),
    ),
    "String of an object": (
        (
            "class A { constructor(x){ this.x=x; } [Symbol.toPrimitive](){ return this.x; } }\n",
            "  const v=String(new A(q));\n",
        ),
        (
            "class A { constructor(x){ this.x=x; } [Symbol.toPrimitive](){ return 'a'; } }\n",
            "  const v=String(new A(q));\n",
        ),
    ),
    "between double quotes": (
        ("", "  const v='\"' + q.replace(/[\"$]/g,'') + '\"';\n"),
        ("", "  const v='\"' + q.replace(/[\"$`\\\\]/g,'') + '\"';\n"),
    ),
    "spaces between quotes": (
        ("", "  const v=q.replace(/[^\\w ]/g,'') + ' \"a\"';\n"),
        ("", "  const v='\"' + q.replace(/[^\\w ]/g,'') + '\"';\n"),
    ),
    "between single quotes": (
        ("", "  if (q.includes(\"'\")) return; const v='\"' + q + '\"';\n"),
        ("", '  if (q.includes("\'")) return; const v="\'" + q + "\'";\n'),
    ),
    "between single quotes, looked for": (
        ("", '  if (q.indexOf("\'") < 0) return; const v="\'" + q + "\'";\n'),
        ("", '  if (q.indexOf("\'") >= 0) return; const v="\'" + q + "\'";\n'),
    ),
    "between single quotes, split": (
        ("", "  const v=\"'\" + q.split('\"').join('') + \"'\";\n"),
        ("", '  const v="\'" + q.split("\'").join(\'\') + "\'";\n'),
    ),
    "what a page computes": (
        ("import { computed } from 'vue';\n", "  const c=computed(() => ({a:q,b:'x'})); const v=c.value.a;\n"),
        ("import { computed } from 'vue';\n", "  const c=computed(() => ({a:q,b:'x'})); const v=c.value.b;\n"),
    ),
}
"""What stands in front, and in the handler: first what reaches the shell, then what does not."""
