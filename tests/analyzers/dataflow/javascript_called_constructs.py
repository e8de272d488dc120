"""Pairs of handlers' bodies, as those of `javascript_paired_constructs`: calls, classes, templates, jumps, matches."""

PAIRS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "tag": (
        ("function sql(s,...v){ return s.reduce((all,p,i)=>all+v[i-1]+p); }\n", "  const v=sql`a ${q}`;\n"),
        (
            "function sql(s,...v){ return s.reduce((all,p,i)=>all+v[i-1]+p); }\n",
            "  const v=sql`a ${q}`.values.length;\n",
        ),
    ),
    "tag2": (
        (
            "function sql(s,...v){ return {text:s.reduce((all,p,i)=>all+v[i-1]+p),values:[]}; }\n",
            "  const v=sql`a ${q}`.text;\n",
        ),
        (
            "function sql(s,...v){ return {text:s.reduce((all,p,i)=>all+'?'+p),values:v}; }\n",
            "  const v=sql`a ${q}`.text;\n",
        ),
    ),
    "tag3": (
        (
            "function sql(s,...v){ let t=s[0]; for(let i=0;i<v.length;i++){ t+=v[i]+s[i+1]; } return {text:t}; }\n",
            "  const v=sql`a ${q} b`.text;\n",
        ),
        (
            "function sql(s,...v){ let t=s[0]; for(let i=0;i<v.length;i++){ t+='$'+(i+1)+s[i+1]; } return {text:t, v}; }\n",
            "  const v=sql`a ${q} b`.text;\n",
        ),
    ),
    "tag4": (
        ("const sql=(s,...v)=>s.map((p,i)=>p+(v[i]??'')).join('');\n", "  const v=sql`a ${q} b`;\n"),
        ("const sql=(s,...v)=>s.map((p,i)=>p+(i<v.length?'?':'')).join('');\n", "  const v=sql`a ${q} b`;\n"),
    ),
    "tag esc": (
        ("const sql=(s,...v)=>String.raw({raw:s},...v);\n", "  const v=sql`a ${q} b`;\n"),
        ("const sql=(s,...v)=>String.raw({raw:s},...v.map(x=>x.replace(/\\W/g,'')));\n", "  const v=sql`a ${q} b`;\n"),
    ),
    "label": (
        (
            "",
            "  const l=['a','b',q,'c']; let v='x'; let i=0; outer: while(i<l.length){ for(let s=1;s<=2;s+=1){ v=l[i]; if(i===2) break outer; } i+=1; }\n",
        ),
        (
            "",
            "  const l=['a','b',q,'c']; let v='x'; let i=0; outer: while(i<l.length){ for(let s=1;s<=2;s+=1){ v=l[i]; if(i===1) break outer; } i+=1; }\n",
        ),
    ),
    "label continue": (
        (
            "",
            "  let v='x'; outer: for (const a of ['a','b']) { for (const b of ['c','d']) { if (b==='d') continue outer; v=q; } }\n",
        ),
        (
            "",
            "  let v='x'; outer: for (const a of ['a','b']) { for (const b of ['c','d']) { if (b==='c') continue outer; v=q; } }\n",
        ),
    ),
    "alias": (
        ("function w(f,c){ const d=f; d.a=c; return d; }\n", "  const f={a:'x'}; const g=w(f,q); const v=f.a;\n"),
        ("function w(f,c){ const d={...f}; d.a=c; return d; }\n", "  const f={a:'x'}; const g=w(f,q); const v=f.a;\n"),
    ),
    "alias2": (
        ("function w(f,c){ f.a=c; }\n", "  const f={a:'x'}; w(f,q); const v=f.a;\n"),
        ("function w(f,c){ f.a=c; }\n", "  const f={a:'x'}; w(f,q); const v=f.b;\n"),
    ),
    "alias arr": (
        ("function w(f,c){ f.push(c); }\n", "  const f=[]; w(f,q); const v=f[0];\n"),
        ("function w(f,c){ f.push(c); }\n", "  const f=['x']; w(f,q); const v=f[0];\n"),
    ),
    "alias local": (
        ("", "  const f={a:'x'}; const g=f; g.a=q; const v=f.a;\n"),
        ("", "  const f={a:'x'}; const g={...f}; g.a=q; const v=f.a;\n"),
    ),
    "assign target": (
        ("", "  const f={a:'x'}; const g=Object.assign(f,{a:q}); const v=f.a;\n"),
        ("", "  const f={a:'x'}; const g=Object.assign({},f,{a:q}); const v=f.a;\n"),
    ),
    "structuredClone": (
        ("", "  const f={a:q}; const g=structuredClone(f); f.a='x'; const v=g.a;\n"),
        ("", "  const f={a:'x'}; const g=structuredClone(f); f.a=q; const v=g.a;\n"),
    ),
    "proxy get": (
        ("", "  const p=new Proxy({a:q},{get(t,k){ return t[k]; }}); const v=p.a;\n"),
        ("", "  const p=new Proxy({a:q},{get(t,k){ return 'x'; }}); const v=p.a;\n"),
    ),
    "proxy set": (
        ("", "  const o={}; const p=new Proxy(o,{set(t,k,x){ t[k]=x; return true; }}); p.a=q; const v=p.a;\n"),
        (
            "",
            "  const o={}; const p=new Proxy(o,{set(t,k,x){ t[k]=x.replace(/\\W/g,''); return true; }}); p.a=q; const v=o.a;\n",
        ),
    ),
    "asyncgen": (
        (
            "async function* g(l){ for await (const x of l) yield x; }\n",
            "  let v=''; for await (const x of g([q])) v+=x;\n",
        ),
        (
            "async function* g(l){ for await (const x of l) yield x.replace(/\\W/g,''); }\n",
            "  let v=''; for await (const x of g([q])) v+=x;\n",
        ),
    ),
    "asyncgen chain": (
        (
            "async function* a(l){ for await (const x of l) yield '<'+x; }\nasync function* b(l){ let n=0; for await (const x of l) { if (n++>=3) return; yield x; } }\nasync function* c(l){ for await (const x of l) yield x.replace(/\\W/g,''); }\n",
            "  let v=''; for await (const x of a(b([q]))) v+=x;\n",
        ),
        (
            "async function* a(l){ for await (const x of l) yield '<'+x; }\nasync function* b(l){ let n=0; for await (const x of l) { if (n++>=3) return; yield x; } }\nasync function* c(l){ for await (const x of l) yield x.replace(/\\W/g,''); }\n",
            "  let v=''; for await (const x of a(c(b([q])))) v+=x;\n",
        ),
    ),
    "module list": (
        ("const L=[], M=['x']; function k(x){ L.unshift(x); }\n", "  k(q); const v=L[0];\n"),
        ("const L=[], M=['x']; function k(x){ L.unshift(x); }\n", "  k(q); const v=M[0];\n"),
    ),
    "spread order": (
        (
            "function c(o){ const r={}; for (const [k,x] of Object.entries(o)) { if (typeof x==='string') r[k]=x; } return r; }\n",
            "  const v={a:'x', ...c({a:q})}.a;\n",
        ),
        (
            "function c(o){ const r={}; for (const [k,x] of Object.entries(o)) { if (typeof x==='string') r[k]=x; } return r; }\n",
            "  const v={...c({a:q}), a:'x'}.a;\n",
        ),
    ),
    "switch fall": (
        ("", "  let v='x'; switch('b'){ case 'a': v='y'; case 'b': v=q; case 'c': break; default: v='z'; }\n"),
        ("", "  let v='x'; switch('b'){ case 'a': v='y'; case 'b': v=q; case 'c': v='w'; break; default: v='z'; }\n"),
    ),
    "comma": (
        ("", "  const v=('x',q);\n"),
        ("", "  const v=(q,'x');\n"),
    ),
    "nullish": (
        ("", "  const v=null ?? q;\n"),
        ("", "  const v='x' ?? q;\n"),
    ),
    "logical assign": (
        ("", "  let v=''; v ||= q;\n"),
        ("", "  let v='y'; v ||= q;\n"),
    ),
    "logical assign2": (
        ("", "  let v='a'; v &&= q;\n"),
        ("", "  let v=''; v &&= q;\n"),
    ),
    "??=": (
        ("", "  let v; v ??= q;\n"),
        ("", "  let v='a'; v ??= q;\n"),
    ),
    "getter too": (
        ("", "  const o={get a(){ return q; }, b:'x'}; const v=o.a;\n"),
        ("", "  const o={get a(){ return q; }, b:'x'}; const v=o.b;\n"),
    ),
    "getter2": (
        ("", "  const o={r:q, get a(){ return this.r.replace(/\\W/g,''); }}; const v=o.r;\n"),
        ("", "  const o={r:q, get a(){ return this.r.replace(/\\W/g,''); }}; const v=o.a;\n"),
    ),
    "static block": (
        (
            "class A { static x; static y='z'; static set(q){ A.x=q; } }\napp.use((req)=>{ A.set(req.query.a); });\n",
            "  const v=A.x;\n",
        ),
        (
            "class A { static x; static y='z'; static set(q){ A.x=q; } }\napp.use((req)=>{ A.set(req.query.a); });\n",
            "  const v=A.y;\n",
        ),
    ),
    "class static": (
        ("class A { static x='a'; static y='z'; static put(q){ A.x=q; } }\n", "  A.put(q); const v=A.x;\n"),
        ("class A { static x='a'; static y='z'; static put(q){ A.x=q; } }\n", "  A.put(q); const v=A.y;\n"),
    ),
    "private": (
        (
            "class A { #x; #y='b'; constructor(x){ this.#x=x; } get(){ return this.#x; } ok(){ return this.#y; } }\n",
            "  const a=new A(q); const v=a.get();\n",
        ),
        (
            "class A { #x; #y='b'; constructor(x){ this.#x=x; } get(){ return this.#x; } ok(){ return this.#y; } }\n",
            "  const a=new A(q); const v=a.ok();\n",
        ),
    ),
    "inherit": (
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A {}\nclass C extends A { out(){ return 'c'; } }\n",
            "  const v=new B(q).out();\n",
        ),
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A {}\nclass C extends A { out(){ return 'c'; } }\n",
            "  const v=new C(q).out();\n",
        ),
    ),
    "super": (
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A { out(){ return super.out()+'!'; } }\nclass C extends A { out(){ return super.out().replace(/\\W/g,''); } }\n",
            "  const v=new B(q).out();\n",
        ),
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A { out(){ return super.out()+'!'; } }\nclass C extends A { out(){ return super.out().replace(/\\W/g,''); } }\n",
            "  const v=new C(q).out();\n",
        ),
    ),
    "builder": (
        (
            "class B { p=[]; a(x){ this.p.push(x); return this; } b(x){ this.p.push(x); return this; } build(){ return this.p.join(' '); } }\n",
            "  const v=new B().a(q).b('x').build();\n",
        ),
        (
            "class B { p=[]; a(x){ this.p.push(x); return this; } b(x){ this.p.push(x); return this; } build(){ return this.p.join(' '); } }\n",
            "  const v=new B().b('x').build();\n",
        ),
    ),
    "builder over": (
        (
            "class B { a(x){ this.p=x; return this; } build(){ return this.p; } }\n",
            "  const v=new B().a('x').a(q).build();\n",
        ),
        (
            "class B { a(x){ this.p=x; return this; } build(){ return this.p; } }\n",
            "  const v=new B().a(q).a('x').build();\n",
        ),
    ),
    "closure counter": (
        ("const mk=(x)=>()=>x;\n", "  const c=mk(q); const v=c();\n"),
        ("const mk=(x)=>()=>x;\n", "  const c=mk('x'); const v=c();\n"),
    ),
    "curry": (
        ("const f=(a)=>(b)=>b;\n", "  const v=f('a')(q);\n"),
        ("const f=(a)=>(b)=>b;\n", "  const v=f(q)('a');\n"),
    ),
    "bind": (
        ("function f(a,b){ return a; }\n", "  const g=f.bind(null,q); const v=g('x');\n"),
        ("function f(a,b){ return a; }\n", "  const g=f.bind(null,'x'); const v=g(q);\n"),
    ),
    "call": (
        ("function f(a,b){ return a; }\n", "  const v=f.call(null,q,'x');\n"),
        ("function f(a,b){ return a; }\n", "  const v=f.call(null,'x',q);\n"),
    ),
    "apply": (
        ("function f(a,b){ return a; }\n", "  const v=f.apply(null,[q,'x']);\n"),
        ("function f(a,b){ return a; }\n", "  const v=f.apply(null,['x',q]);\n"),
    ),
    "default par": (
        ("function f(a='x'){ return a; }\n", "  const v=f(q);\n"),
        ("function f(a='x'){ return a; }\n", "  const v=f();\n"),
    ),
    "destr default": (
        ("", "  const {a=q}={}; const v=a;\n"),
        ("", "  const {a=q}={a:'x'}; const v=a;\n"),
    ),
    "destr rename": (
        ("", "  const {a:v}={a:q,v:'x'};\n"),
        ("", "  const {b:v}={a:q,b:'x'};\n"),
    ),
    "destr nested": (
        ("", "  const {a:{b:[,v]}}={a:{b:['x',q]}};\n"),
        ("", "  const {a:{b:[v]}}={a:{b:['x',q]}};\n"),
    ),
    "swap": (
        ("", "  let a='x', v='y'; [a,v]=[v,q];\n"),
        ("", "  let a=q, v='y'; [a,v]=[v,a]; [a,v]=[v,a];\n"),
    ),
    "rest": (
        ("", "  const [x,...r]=['a',q]; const v=r[0];\n"),
        ("", "  const [x,...r]=[q,'a']; const v=r[0];\n"),
    ),
    "obj rest": (
        ("", "  const {a,...r}={a:'x',b:q}; const v=r.b;\n"),
        ("", "  const {a,...r}={a:q,b:'x'}; const v=r.b;\n"),
    ),
    "flat": (
        ("", "  const v=[['x'],[q]].flat()[1];\n"),
        ("", "  const v=[['x'],[q]].flat()[0];\n"),
    ),
    "findIndex": (
        ("", "  const l=['a','b']; const i=l.indexOf('b'); const v=['x',q][i];\n"),
        ("", "  const l=['a','b']; const i=l.indexOf('a'); const v=['x',q][i];\n"),
    ),
    "reduce obj": (
        ("", "  const o=[['a',q],['b','x']].reduce((m,[k,x])=>({...m,[k]:x}),{}); const v=o.a;\n"),
        ("", "  const o=[['a',q],['b','x']].reduce((m,[k,x])=>({...m,[k]:x}),{}); const v=o.b;\n"),
    ),
    "computed key": (
        ("", "  const k='a'+'b'; const o={[k]:q, c:'x'}; const v=o.ab;\n"),
        ("", "  const k='a'+'b'; const o={[k]:q, c:'x'}; const v=o.c;\n"),
    ),
    "join key": (
        ("", "  const v={ab:q,ac:'x'}[['a','b'].join('')];\n"),
        ("", "  const v={ab:q,ac:'x'}[['a','c'].join('')];\n"),
    ),
    "template key": (
        ("", "  const n=1; const v={k1:q,k2:'x'}[`k${n}`];\n"),
        ("", "  const n=2; const v={k1:q,k2:'x'}[`k${n}`];\n"),
    ),
    "charcode": (
        ("", "  const k=String.fromCharCode(97); const v={a:q,b:'x'}[k];\n"),
        ("", "  const k=String.fromCharCode(98); const v={a:q,b:'x'}[k];\n"),
    ),
    "tern arith": (
        ("", "  const n=7; const v=(n*6)-86>200?'x':q;\n"),
        ("", "  const n=7; const v=(7*42)-86>200?'x':q;\n"),
    ),
    "length": (
        ("", "  const v='abc'.length>2?q:'x';\n"),
        ("", "  const v='abc'.length>3?q:'x';\n"),
    ),
    "do while": (
        ("", "  let v='x', i=0; do { v=q; i++; } while(i<0);\n"),
        ("", "  let v='x', i=0; while(i<0){ v=q; i++; }\n"),
    ),
    "for in": (
        ("", "  let v=''; for (const k in {a:1}) v={a:q,b:'x'}[k];\n"),
        ("", "  let v=''; for (const k in {b:1}) v={a:q,b:'x'}[k];\n"),
    ),
    "promise then": (
        ("", "  const v=await Promise.resolve(q).then(x=>x);\n"),
        ("", "  const v=await Promise.resolve(q).then(x=>'x');\n"),
    ),
    "promise all": (
        ("async function f(x){ return x; }\n", "  const [a,v]=await Promise.all([f('x'),f(q)]);\n"),
        ("async function f(x){ return x; }\n", "  const [v,a]=await Promise.all([f('x'),f(q)]);\n"),
    ),
    "allsettled": (
        (
            "async function f(x){ return x; }\n",
            "  const r=await Promise.allSettled([f('x'),f(q)]); const v=r[1].value;\n",
        ),
        (
            "async function f(x){ return x; }\n",
            "  const r=await Promise.allSettled([f('x'),f(q)]); const v=r[0].value;\n",
        ),
    ),
    "cb": (
        ("function f(x,cb){ cb(null,x); }\n", "  f(q,(e,v)=>{ exec('ls '+v); }); const v='a';\n"),
        ("function f(x,cb){ cb(x,'y'); }\n", "  f(q,(e,v)=>{ exec('ls '+v); }); const v='a';\n"),
    ),
    "b64 too": (
        ("", "  const v=Buffer.from(Buffer.from(q).toString('base64'),'base64').toString();\n"),
        ("", "  const v=Buffer.from(q).toString('base64');\n"),
    ),
    "json too": (
        ("", "  const v=JSON.parse(JSON.stringify({a:q,b:'x'})).a;\n"),
        ("", "  const v=JSON.parse(JSON.stringify({a:q,b:'x'})).b;\n"),
    ),
    "queue": (
        ("", "  const l=['x']; l.push(q); l.shift(); const v=l.shift();\n"),
        ("", "  const l=[q]; l.push('x'); l.shift(); const v=l.shift();\n"),
    ),
    "stack class": (
        (
            "class S { l=[]; push(x){ this.l.push(x); } pop(){ return this.l.pop(); } }\n",
            "  const s=new S(); s.push('x'); s.push(q); const v=s.pop();\n",
        ),
        (
            "class S { l=[]; push(x){ this.l.push(x); } pop(){ return this.l.pop(); } }\n",
            "  const s=new S(); s.push(q); s.push('x'); const v=s.pop();\n",
        ),
    ),
    "dispatch": (
        ("const T={ raw:(x)=>x, ok:(x)=>x.replace(/\\W/g,'') };\n", "  const v=T['raw'](q);\n"),
        ("const T={ raw:(x)=>x, ok:(x)=>x.replace(/\\W/g,'') };\n", "  const v=T['ok'](q);\n"),
    ),
    "dispatch map": (
        ("const T=new Map([['raw',(x)=>x],['ok',(x)=>x.replace(/\\W/g,'')]]);\n", "  const v=T.get('raw')(q);\n"),
        ("const T=new Map([['raw',(x)=>x],['ok',(x)=>x.replace(/\\W/g,'')]]);\n", "  const v=T.get('ok')(q);\n"),
    ),
    "wrap fn": (
        ("const w=(f)=>(...a)=>f(...a);\n", "  const v=w((x)=>x)(q);\n"),
        ("const w=(f)=>(...a)=>f(...a);\n", "  const v=w((x)=>x.replace(/\\W/g,''))(q);\n"),
    ),
    "memo": (
        (
            "const m=(f)=>{ const c=new Map(); return (x)=>{ if(!c.has(x)) c.set(x,f(x)); return c.get(x); }; };\n",
            "  const v=m((x)=>x)(q);\n",
        ),
        (
            "const m=(f)=>{ const c=new Map(); return (x)=>{ if(!c.has(x)) c.set(x,f(x)); return c.get(x); }; };\n",
            "  const v=m((x)=>x.replace(/\\W/g,''))(q);\n",
        ),
    ),
    "symbol": (
        ("", "  const s=Symbol('a'); const o={[s]:q,b:'x'}; const v=o[s];\n"),
        ("", "  const s=Symbol('a'); const o={[s]:q,b:'x'}; const v=o.b;\n"),
    ),
    "iter proto": (
        ("", "  const it=['x',q][Symbol.iterator](); it.next(); const v=it.next().value;\n"),
        ("", "  const it=['x',q][Symbol.iterator](); const v=it.next().value;\n"),
    ),
    "iterable class": (
        (
            "class I { constructor(x){ this.x=x; } *[Symbol.iterator](){ yield 'a'; yield this.x; } }\n",
            "  const v=[...new I(q)][1];\n",
        ),
        (
            "class I { constructor(x){ this.x=x; } *[Symbol.iterator](){ yield 'a'; yield this.x; } }\n",
            "  const v=[...new I(q)][0];\n",
        ),
    ),
    "set ops": (
        ("", "  const s=new Set(['a',q]); const v=[...s].at(-1);\n"),
        ("", "  const s=new Set(['a',q]); const v=[...s].at(0);\n"),
    ),
    "map group": (
        ("", "  const g=Object.groupBy(['a',q],x=>'k'); const v=g.k[1];\n"),
        ("", "  const g=Object.groupBy(['a',q],x=>'k'); const v='x';\n"),
    ),
    "string split": (
        ("", "  const v='a:'.concat(q).split(':')[1];\n"),
        ("", "  const v='a:'.concat(q).split(':')[0];\n"),
    ),
    "slice neg": (
        ("", "  const v=('a'+q).slice(-3);\n"),
        ("", "  const v=(q+'abc').slice(-3);\n"),
    ),
    "replace const": (
        ("", "  const v='a{x}'.replace('{x}',q);\n"),
        ("", "  const v='a{x}'.replace('{y}',q);\n"),
    ),
    "inverted": (
        ("", "  if(/^\\w+$/.test(q)){ return; } const v=q;\n"),
        ("", "  if(!/^\\w+$/.test(q)){ return; } const v=q;\n"),
    ),
    "guard fn": (
        ("const ok=(x)=>/^\\w+$/.test(x);\n", "  if(ok(q)){ return; } const v=q;\n"),
        ("const ok=(x)=>/^\\w+$/.test(x);\n", "  if(!ok(q)){ return; } const v=q;\n"),
    ),
    "guard throw": (
        (
            "function chk(x){ if(!/^\\w+$/.test(x)) throw new Error('x'); }\n",
            "  try { chk(q); } catch { } const v=q;\n",
        ),
        ("function chk(x){ if(!/^\\w+$/.test(x)) throw new Error('x'); }\n", "  chk(q); const v=q;\n"),
    ),
    "with delete": (
        ("", "  const o={a:q}; delete o['b']; const v=o.a;\n"),
        ("", "  const o={a:q,b:'x'}; delete o.a; const v=o.b;\n"),
    ),
    "freeze": (
        ("", "  const o=Object.freeze({a:q}); const v=o.a;\n"),
        ("", "  const o=Object.freeze({a:'x'}); try { o.a=q; } catch {} const v='y';\n"),
    ),
    "optional": (
        ("", "  const v=({a:q})?.a;\n"),
        ("", "  const v=({a:q,b:'x'})?.b;\n"),
    ),
    "exec groups": (
        ("", "  const m=/^(\\w+)-(.*)$/.exec(q); const v=m[2];\n"),
        ("", "  const m=/^(\\w+)-(.*)$/.exec(q); const v=m[1];\n"),
    ),
    "named groups": (
        ("", "  const m=q.match(/^(?<a>\\w+)-(?<b>.*)$/); const v=m.groups.b;\n"),
        ("", "  const m=q.match(/^(?<a>\\w+)-(?<b>.*)$/); const v=m.groups.a;\n"),
    ),
    "destr groups": (
        ("", "  const [,a,v]=q.match(/^(\\w+)-(.*)$/);\n"),
        ("", "  const [,v,a]=q.match(/^(\\w+)-(.*)$/);\n"),
    ),
    "label of a counted loop": (
        (
            "",
            "  const l=['a','b',q,'c']; let v='x'; let i=0; outer: while(i<4){ for(let s=1;s<=2;s+=1){ v=l[i]; if (i===2) break outer; } i+=1; }\n",
        ),
        ("", "  const v='a';\n"),
    ),
    "named destr": (
        ("", "  const { groups: { b: v } }=q.match(/^(?<a>\\w+)-(?<b>.*)$/);\n"),
        ("", "  const { groups: { a: v } }=q.match(/^(?<a>\\w+)-(?<b>.*)$/);\n"),
    ),
    "groups var": (
        (
            "const R=/^(?<a>\\w+)-(?<b>.*)$/;\n",
            "  const m=q.match(R); if (!m) return; const { b } = m.groups; const v=b;\n",
        ),
        (
            "const R=/^(?<a>\\w+)-(?<b>.*)$/;\n",
            "  const m=q.match(R); if (!m) return; const { a } = m.groups; const v=a;\n",
        ),
    ),
    "whole": (
        ("", "  const v=q.match(/.+/)[0];\n"),
        ("", "  const v=q.match(/[a-z]+/)[0];\n"),
    ),
    "global": (
        ("", "  const v=q.match(/\\S+/g).join(' ');\n"),
        ("", "  const v=q.match(/\\w+/g).join(' ');\n"),
    ),
    "matchAll": (
        ("", "  let v=''; for (const m of q.matchAll(/(\\w+)=(\\S+)/g)) v+=m[2];\n"),
        ("", "  let v=''; for (const m of q.matchAll(/(\\w+)=(\\S+)/g)) v+=m[1];\n"),
    ),
    "nested": (
        ("", "  const v=q.match(/^((\\w+)\\.(.*))$/)[1];\n"),
        ("", "  const v=q.match(/^((\\w+)\\.(.*))$/)[2];\n"),
    ),
    "noncap": (
        ("", "  const v=q.match(/^(?:a|b)(\\S+)-(\\d+)$/)[1];\n"),
        ("", "  const v=q.match(/^(?:a|b)(\\S+)-(\\d+)$/)[2];\n"),
    ),
    "alt": (
        ("", "  const v=q.match(/^(a|.*)$/)[1];\n"),
        ("", "  const v=q.match(/^(a|b)$/)[1];\n"),
    ),
    "input": (
        ("", "  const m=q.match(/^(\\w+)/); const v=m.input;\n"),
        ("", "  const m=q.match(/^(\\w+)/); const v=m[1];\n"),
    ),
    "regexp.$1": (
        ("", "  const v=(/^(\\w+)=(.+)$/.exec(q)||[])[2];\n"),
        ("", "  const v=(/^(\\w+)=(.+)$/.exec(q)||[])[1];\n"),
    ),
    "opt": (
        ("", "  const v=/^(\\w+)=(.+)$/.exec(q)?.[2];\n"),
        ("", "  const v=/^(\\w+)=(.+)$/.exec(q)?.[1];\n"),
    ),
    "unanch": (
        ("", "  const v=/(\\w+)=(.+)/.exec(q)[2] ?? '';\n"),
        ("", "  const v=/(\\w+)=(.+)/.exec(q)[1] ?? '';\n"),
    ),
    "super2": (
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A { constructor(x){ super(x); this.y='b'; } out(){ return super.out(); } }\nclass C extends B { }\nclass D extends B { out(){ return super.out()+1 ? this.y : ''; } }\n",
            "  const v=new C(q).out();\n",
        ),
        (
            "class A { constructor(x){ this.x=x; } out(){ return this.x; } }\nclass B extends A { constructor(x){ super(x); this.y='b'; } out(){ return super.out(); } }\nclass C extends B { }\nclass D extends B { out(){ return super.out()+1 ? this.y : ''; } }\n",
            "  const v=new D(q).out();\n",
        ),
    ),
    "guard flag": (
        ("", "  let good=true; if(!/^\\w+$/.test(q)) good=false; if(good) { log(); } const v=q;\n"),
        ("", "  let good=true; if(!/^\\w+$/.test(q)) good=false; if(!good) return; const v=q;\n"),
    ),
    "flag block": (
        ("", "  let bad=false; if(!/^\\w+$/.test(q)) { bad=true; } if(!bad) return; const v=q;\n"),
        ("", "  let bad=false; if(!/^\\w+$/.test(q)) { bad=true; } if(bad) return; const v=q;\n"),
    ),
    "errors": (
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); const v=q;\n"),
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); if(e.length) return; const v=q;\n"),
    ),
    "errors2": (
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); if(e.length===0) return; const v=q;\n"),
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); if(e.length>0) { return res.json(e); } const v=q;\n"),
    ),
    "errors3": (
        (
            "",
            "  const e=[]; if(!req.query.a) e.push('a'); if(q.length>9) e.push('x'); if(e.length>0) return; const v=q;\n",
        ),
        (
            "",
            "  const e=[]; if(!req.query.a) e.push('a'); if(!/^\\w+$/.test(q)) e.push('x'); if(e.length>0) return; const v=q;\n",
        ),
    ),
    "errors4": (
        (
            "",
            "  const e=[]; if(q.length>9) e.push('a'); else if(!/^\\w+$/.test(q)) log('x'); if(e.length) return; const v=q;\n",
        ),
        (
            "",
            "  const e=[]; if(!q) e.push('a'); else if(!/^\\w+$/.test(q)) e.push('x'); if(e.length) return; const v=q;\n",
        ),
    ),
    "errors5": (
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); e.pop(); if(e.length) return; const v=q;\n"),
        ("", "  const e=[]; if(!/^\\w+$/.test(q)) e.push('x'); if(!e.length) { exec('ls '+q); } const v='x';\n"),
    ),
    "flag reset": (
        ("", "  let good=true; if(!/^\\w+$/.test(q)) good=false; good=true; if(!good) return; const v=q;\n"),
        ("", "  let good=true; if(!/^\\w+$/.test(q)) good=false; if(!q) good=false; if(!good) return; const v=q;\n"),
    ),
    "flag reset2": (
        (
            "",
            "  let good=true; if(!/^\\w+$/.test(q)) good=false; if(req.query.z) good=true; if(!good) return; const v=q;\n",
        ),
        ("", "  let good=true; if(!q) good=false; if(!/^\\w+$/.test(q)) good=false; if(!good) return; const v=q;\n"),
    ),
    "ok const": (
        ("", "  let ok=false; if(/^\\w+$/.test(q)) ok=true; if(ok) return; const v=q;\n"),
        ("", "  let ok=false; if(/^\\w+$/.test(q)) ok=true; if(!ok) return; const v=q;\n"),
    ),
    "error text": (
        ("", "  let err=''; if(!/^\\w+$/.test(q)) err='bad'; if(!err) return; const v=q;\n"),
        ("", "  let err=''; if(!/^\\w+$/.test(q)) err='bad'; if(err) return; const v=q;\n"),
    ),
    "error null": (
        ("", "  let err=null; if(!/^\\w+$/.test(q)) err='bad'; if(err===null) return; const v=q;\n"),
        ("", "  let err=null; if(!/^\\w+$/.test(q)) err='bad'; if(err) return; const v=q;\n"),
    ),
    "flag nested": (
        ("", "  let good=true; if(req.query.a) { if(!/^\\w+$/.test(q)) good=false; } if(!good) return; const v=q;\n"),
        (
            "",
            "  let good=true; if(req.query.a) { log(); } if(!/^\\w+$/.test(q)) good=false; if(!good) return; const v=q;\n",
        ),
    ),
    "flag loop": (
        (
            "",
            "  let good=true; for(const x of req.body.l) { if(!/^\\w+$/.test(q)) good=false; } if(!good) return; const v=q;\n",
        ),
        (
            "",
            "  let good=true; for(const x of req.body.l) { log(x); } if(!/^\\w+$/.test(q)) good=false; if(!good) return; const v=q;\n",
        ),
    ),
    "flag try": (
        (
            "",
            "  let good=true; try { go(); if(!/^\\w+$/.test(q)) good=false; } catch {} if(!good) return; const v=q;\n",
        ),
        (
            "",
            "  let good=true; try { go(); } catch {} if(!/^\\w+$/.test(q)) good=false; if(!good) return; const v=q;\n",
        ),
    ),
    "errors nested": (
        ("", "  const e=[]; if(req.query.a) { if(!/^\\w+$/.test(q)) e.push('x'); } if(e.length) return; const v=q;\n"),
        (
            "",
            "  const e=[]; if(req.query.a) { e.push('y'); } if(!/^\\w+$/.test(q)) e.push('x'); if(e.length) return; const v=q;\n",
        ),
    ),
}
"""What stands in front, and in the handler: first what reaches the shell, then what does not."""
