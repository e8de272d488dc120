"""Conditions that always hold, and more ways for a parameter to reach a shell, or not to; as `java_constructs`."""

CONDITIONS = (
    "Integer.MAX_VALUE > 0",
    '"abc".contains("b")',
    "Math.pow(2, 3) == 8",
    "Math.max(3, 9) > 8",
    '"x".compareTo("y") < 0',
    "(5 & 1) == 1",
    "(1 << 4) > 15",
    "'a' < 'b'",
    "(int) 'A' == 65",
    "'A' + 1 == 66",
    "7 / 2 == 3",
    "7.0 / 2 > 3.2",
    "(double) 7 / 2 > 3.2",
    'Integer.parseInt("7") > 5',
    'Boolean.parseBoolean("true")',
    "Boolean.TRUE",
    'java.util.Objects.equals("a", "a")',
    '"a".equalsIgnoreCase("A")',
    '"".isEmpty()',
    "new int[] {1, 2, 3}[1] == 2",
    "new String[3].length == 3",
    "java.util.List.of(1, 2).size() == 2",
    "Integer.valueOf(5).equals(5)",
    "Character.isDigit('5')",
    '"hello".indexOf("l") == 2',
    '"hello".lastIndexOf("l") == 3',
    '"hello".substring(1, 3).equals("el")',
    '"abc".toUpperCase().equals("ABC")',
    '"a-b".replace("-", "").equals("ab")',
    '("ab" + "cd").length() == 4',
    "17 % 5 == 2",
    "-3 < 0",
    "!(3 > 4)",
    "0x1F == 31",
    "10L * 10L == 100L",
    "1_000 > 999",
    '"https://x".startsWith("https")',
    '"abc123".matches("[a-z]+\\\\d+")',
    '" a ".trim().equals("a")',
    "Math.abs(-4) == 4",
    "3 > 2 && 4 > 3",
    "1 > 2 || 2 > 1",
    "true ^ false",
    "(3 > 2 ? 10 : 20) == 10",
    "null == null",
    'new StringBuilder("ab").reverse().toString().equals("ba")',
    'String.valueOf(12).equals("12")',
    'String.format("%d", 5).equals("5")',
    "Integer.compare(2, 1) > 0",
    "Character.getNumericValue('7') == 7",
    '"a,b,c".split(",").length == 3',
    '"  ".isBlank()',
    'String.join("-", "a", "b").equals("a-b")',
    '"ab".repeat(2).equals("abab")',
    "(16 >>> 2) == 4",
    "Math.sqrt(16) == 4",
    "Math.floorMod(7, 3) == 1",
    "Math.round(2.6) == 3",
)
"""Each is true whatever happens."""

REACHES = {
    "getter as a function": (
        'String bar = Arrays.stream(request.getCookies()).map(Cookie::getValue).findFirst().orElse("");',
        "",
    ),
    "character of a constant": (
        'char c = "ABC".charAt(1); String bar = "fixed"; if (c == \'B\') bar = param;',
        "",
    ),
    "default of a switch": (
        'String bar; switch ("zz") { case "a": bar = "1"; break; default: bar = param; }',
        "",
    ),
    "enum in a switch": (
        'Mode m = Mode.A; String bar; switch (m) { case A: bar = param; break; default: bar = "x"; }',
        "enum Mode { A, B }",
    ),
    "constant of another class": (
        'String bar = Flags.LEVEL > 3 ? param : "x";',
        "static final class Flags {\n    static final int LEVEL = 4;\n}",
    ),
    "else if by a number": (
        'String bar = "x"; int v = 7; if (v < 5) { bar = "1"; } else if (v < 8) { bar = param + "1"; } else { bar = "y"; }',
        "",
    ),
    "element of a fixed list": (
        'String bar = java.util.Arrays.asList(param, "x").get(0);',
        "",
    ),
    "reversed list": (
        'java.util.List<String> l = new java.util.ArrayList<>(java.util.List.of("x", param)); java.util.Collections.reverse(l); String bar = l.get(0);',
        "",
    ),
    "swapped elements": (
        'java.util.List<String> l = new java.util.ArrayList<>(java.util.List.of("x", param)); java.util.Collections.swap(l, 0, 1); String bar = l.get(0);',
        "",
    ),
    "inserted in front": (
        'java.util.List<String> l = new java.util.ArrayList<>(); l.add("a"); l.add(0, param); String bar = l.get(0);',
        "",
    ),
    "after one was removed": (
        'java.util.List<String> l = new java.util.ArrayList<>(); l.add("safe"); l.add(param); l.add("moresafe"); l.remove(0); String bar = l.get(0);',
        "",
    ),
    "map in a map": (
        'java.util.Map<String, java.util.Map<String, String>> m = new java.util.HashMap<>(); m.put("a", new java.util.HashMap<>()); m.get("a").put("k", param); String bar = m.get("a").get("k");',
        "",
    ),
    "list made when missing": (
        'java.util.Map<String, java.util.List<String>> m = new java.util.HashMap<>(); m.computeIfAbsent("a", k -> new java.util.ArrayList<>()).add(param); String bar = m.get("a").get(0);',
        "",
    ),
    "key that is read back": (
        'java.util.Map<String, String> m = new java.util.HashMap<>(); m.put(param, "v"); String bar = m.keySet().iterator().next();',
        "",
    ),
    "default of a map": (
        'java.util.Map<String, String> m = new java.util.HashMap<>(); m.put("a", "v"); String bar = m.getOrDefault("zz", param);',
        "",
    ),
    "first of a sorted map": (
        'java.util.TreeMap<String, String> m = new java.util.TreeMap<>(); m.put("a", param); String bar = m.firstEntry().getValue();',
        "",
    ),
    "array by index in a loop": (
        'String[] a = new String[] {"x", param}; String bar = ""; for (int i = 0; i < a.length; i++) { bar = a[i]; }',
        "",
    ),
    "iterator by hand": (
        'java.util.Iterator<String> it = java.util.List.of("a", param).iterator(); it.next(); String bar = it.next();',
        "",
    ),
    "record in a list": (
        'java.util.List<P> l = new java.util.ArrayList<>(); l.add(new P("a", param)); String bar = l.get(0).y();',
        "record P(String x, String y) {}",
    ),
    "cut of a known head": (
        'String full = "fixed" + param; String bar = full.substring(5);',
        "",
    ),
    "split behind a known head": (
        'String bar = ("x," + param).split(",")[1];',
        "",
    ),
    "replaced in a builder": (
        'StringBuilder sb = new StringBuilder("abc"); sb.replace(1, 2, param); String bar = sb.toString();',
        "",
    ),
    "characters copied": (
        "char[] cs = new char[param.length()]; for (int i = 0; i < param.length(); i++) { cs[i] = param.charAt(i); } String bar = String.valueOf(cs);",
        "",
    ),
    "numbered placeholder": (
        'String bar = String.format("%2$s", "x", param);',
        "",
    ),
    "function of a table": (
        'java.util.Map<String, java.util.function.Function<String, String>> m = new java.util.HashMap<>(); m.put("a", s -> s); m.put("b", s -> "x"); String bar = m.get("a").apply(param);',
        "",
    ),
    "functions put together": (
        "java.util.function.Function<String, String> f = String::trim; String bar = f.andThen(String::toUpperCase).apply(param);",
        "",
    ),
    "function that gives a function": (
        'java.util.function.Function<String, java.util.function.Function<String, String>> f = a -> b -> a + b; String bar = f.apply(param).apply("x");',
        "",
    ),
    "class inside a method": (
        "class Holder { String v; String get() { return v; } } Holder h = new Holder(); h.v = param; String bar = h.get();",
        "",
    ),
    "method of the base": (
        "String bar = new Sub().go(param);",
        'static class Sup {\n    String go(String s) { return s; }\n}\nstatic class Sub extends Sup {\n    @Override String go(String s) { return super.go(s) + "x"; }\n}',
    ),
    "default method": (
        "String bar = new I() {}.go(param);",
        "interface I {\n    default String go(String s) { return s; }\n}",
    ),
    "factory of an interface": (
        "Thing th = Things.make(); String bar = th.doSomething(param);",
        "interface Thing {\n    String doSomething(String s);\n}\nstatic class T1 implements Thing {\n    public String doSomething(String s) { return s; }\n}\nstatic class Things {\n    static Thing make() { return new T1(); }\n}",
    ),
    "factory by a name": (
        'Thing th = Things.make("one"); String bar = th.doSomething(param);',
        'interface Thing {\n    String doSomething(String s);\n}\nstatic class T1 implements Thing {\n    public String doSomething(String s) { return s; }\n}\nstatic class T2 implements Thing {\n    public String doSomething(String s) { return "x"; }\n}\nstatic class Things {\n    static Thing make(String k) {\n        return "one".equals(k) ? new T1() : new T2();\n    }\n}',
    ),
    "another thread": (
        "String[] out = new String[1]; Thread th = new Thread(() -> out[0] = param); th.start(); String bar = out[0];",
        "",
    ),
    "own toString": (
        "String bar = new W(param).toString();",
        'static class W {\n    private final String s;\n    W(String s) { this.s = s; }\n    @Override public String toString() { return "W" + s; }\n}',
    ),
    "object in a sum": (
        'W w = new W(param); String bar = "v=" + w;',
        'static class W {\n    private final String s;\n    W(String s) { this.s = s; }\n    @Override public String toString() { return "W" + s; }\n}',
    ),
    "own builder": (
        'String bar = new Q().from("t").where(param).sql();',
        "static class Q {\n    private final StringBuilder b = new StringBuilder();\n    Q from(String s) { b.append(s); return this; }\n    Q where(String s) { b.append(s); return this; }\n    String sql() { return b.toString(); }\n}",
    ),
    "future": (
        'String bar = java.util.concurrent.CompletableFuture.supplyAsync(() -> param).thenApply(s -> s + "x").join();',
        "",
    ),
    "stream as array": (
        'String bar = java.util.stream.Stream.of("a", param).toArray(String[]::new)[1];',
        "",
    ),
    "check by a helper": (
        'if (!isSafe(param)) { System.err.println("bad"); } String bar = param;',
        'private static boolean isSafe(String s) {\n    return s != null && s.matches("[A-Za-z0-9]+");\n}',
    ),
}

STOPS = {
    "sum of a loop (kept)": (
        'int s = 0; for (int i = 0; i < 5; i++) { s += i; } String bar = s == 10 ? "fixed" : param;',
        "",
    ),
    "counted loop (kept)": (
        'int i = 0; while (i < 3) { i++; } String bar = i > 5 ? param : "fixed";',
        "",
    ),
    "character of a constant (kept)": (
        'char c = "ABC".charAt(1); String bar = "fixed"; if (c == \'C\') bar = param;',
        "",
    ),
    "switch over a remainder (kept)": (
        'String bar; switch (17 % 5) { case 1: bar = param; break; case 2: bar = "two"; break; default: bar = param; }',
        "",
    ),
    "switch over a text (kept)": (
        'String bar; switch ("a" + "b") { case "a": bar = param; break; case "ab": bar = "two"; break; default: bar = param; }',
        "",
    ),
    "fallen through (kept)": (
        'String bar = param; switch (2) { case 2: bar = param; case 3: bar = "safe"; }',
        "",
    ),
    "enum in a switch (kept)": (
        'Mode m = Mode.B; String bar; switch (m) { case A: bar = param; break; default: bar = "x"; }',
        "enum Mode { A, B }",
    ),
    "compared enum (kept)": (
        'Mode m = Mode.B; String bar = m == Mode.A ? param : "x";',
        "enum Mode { A, B }",
    ),
    "constant of another class (kept)": (
        'String bar = Flags.ON ? "x" : param;',
        "static final class Flags {\n    static final boolean ON = true;\n}",
    ),
    "field that stays (kept)": (
        'String bar = level > 3 ? "x" : param;',
        "private final int level = 5;",
    ),
    "known property (kept)": (
        'java.util.Properties p = new java.util.Properties(); p.setProperty("mode", "strict"); String bar = "strict".equals(p.getProperty("mode")) ? "x" : param;',
        "",
    ),
    "number in a map (kept)": (
        'java.util.Map<String, Integer> m = new java.util.HashMap<>(); m.put("a", 3); String bar = m.get("a") > 2 ? "x" : param;',
        "",
    ),
    "else if by a number (kept)": (
        'String bar = "x"; int v = 10; if (v < 5) { bar = param; } else if (v < 8) { bar = param + "1"; } else { bar = "y"; }',
        "",
    ),
    "reversed list (kept)": (
        'java.util.List<String> l = new java.util.ArrayList<>(java.util.List.of("x", param)); java.util.Collections.reverse(l); String bar = l.get(1);',
        "",
    ),
    "inserted in front (kept)": (
        'java.util.List<String> l = new java.util.ArrayList<>(); l.add("a"); l.add(0, param); String bar = l.get(1);',
        "",
    ),
    "removed again (kept)": (
        'java.util.List<String> l = new java.util.ArrayList<>(); l.add("a"); l.add(param); l.add("c"); l.remove(param); String bar = l.get(1);',
        "",
    ),
    "after one was removed (kept)": (
        'java.util.List<String> l = new java.util.ArrayList<>(); l.add("safe"); l.add(param); l.add("moresafe"); l.remove(0); String bar = l.get(1);',
        "",
    ),
    "default of a map (kept)": (
        'java.util.Map<String, String> m = new java.util.HashMap<>(); m.put("a", "v"); String bar = m.getOrDefault("a", param);',
        "",
    ),
    "first key (kept)": (
        'java.util.TreeMap<String, String> m = new java.util.TreeMap<>(); m.put("a", param); String bar = m.firstKey();',
        "",
    ),
    "iterator by hand (kept)": (
        'java.util.Iterator<String> it = java.util.List.of("a", param).iterator(); String bar = it.next();',
        "",
    ),
    "record in a list (kept)": (
        'java.util.List<P> l = new java.util.ArrayList<>(); l.add(new P("a", param)); String bar = l.get(0).x();',
        "record P(String x, String y) {}",
    ),
    "index by hash (kept)": (
        'String[] words = {"a", "b", "c"}; String bar = words[Math.abs(param.hashCode()) % 3];',
        "",
    ),
    "cut of a known head (kept)": (
        'String full = "fixed" + param; String bar = full.substring(0, 5);',
        "",
    ),
    "split behind a known head (kept)": (
        'String bar = ("x," + param).split(",")[0];',
        "",
    ),
    "filled array (kept)": (
        "char[] c = param.toCharArray(); java.util.Arrays.fill(c, 'x'); String bar = new String(c);",
        "",
    ),
    "emptied builder (kept)": (
        'StringBuilder sb = new StringBuilder(); sb.append(param).setLength(0); sb.append("x"); String bar = sb.toString();',
        "",
    ),
    "deleted from a builder (kept)": (
        'StringBuilder sb = new StringBuilder(param); sb.delete(0, sb.length()); sb.append("x"); String bar = sb.toString();',
        "",
    ),
    "numbered placeholder (kept)": (
        'String bar = String.format("%1$s", "x", param);',
        "",
    ),
    "function of a table (kept)": (
        'java.util.Map<String, java.util.function.Function<String, String>> m = new java.util.HashMap<>(); m.put("a", s -> s); m.put("b", s -> "x"); String bar = m.get("b").apply(param);',
        "",
    ),
    "functions put together (kept)": (
        'java.util.function.Function<String, String> f = s -> s; String bar = f.andThen(s -> "x").apply(param);',
        "",
    ),
    "transformed (kept)": (
        'String bar = param.transform(s -> "x");',
        "",
    ),
    "method of the base (kept)": (
        "String bar = new Sub().go(param);",
        'static class Sup {\n    String go(String s) { return "x"; }\n}\nstatic class Sub extends Sup {\n    @Override String go(String s) { return super.go(s); }\n}',
    ),
    "factory of an interface (kept)": (
        "Thing th = Things.make(); String bar = th.doSomething(param);",
        'interface Thing {\n    String doSomething(String s);\n}\nstatic class T1 implements Thing {\n    public String doSomething(String s) { return s; }\n}\nstatic class T2 implements Thing {\n    public String doSomething(String s) { return "x"; }\n}\nstatic class Things {\n    static Thing make() { return new T2(); }\n}',
    ),
    "factory by a name (kept)": (
        'Thing th = Things.make("two"); String bar = th.doSomething(param);',
        'interface Thing {\n    String doSomething(String s);\n}\nstatic class T1 implements Thing {\n    public String doSomething(String s) { return s; }\n}\nstatic class T2 implements Thing {\n    public String doSomething(String s) { return "x"; }\n}\nstatic class Things {\n    static Thing make(String k) {\n        switch (k) {\n            case "one": return new T1();\n            default: return new T2();\n        }\n    }\n}',
    ),
    "object in a sum (kept)": (
        'W w = new W(param); String bar = "v=" + w;',
        'static class W {\n    private final String s;\n    W(String s) { this.s = s; }\n    @Override public String toString() { return "W"; }\n}',
    ),
    "own builder (kept)": (
        'String bar = new Q().from("t").note(param).sql();',
        "static class Q {\n    private final StringBuilder b = new StringBuilder();\n    private String note;\n    Q from(String s) { b.append(s); return this; }\n    Q note(String s) { note = s; return this; }\n    String sql() { return b.toString(); }\n}",
    ),
    "future (kept)": (
        'String bar = java.util.concurrent.CompletableFuture.supplyAsync(() -> param).thenApply(s -> "x").join();',
        "",
    ),
    "limited stream (kept)": (
        'String bar = java.util.stream.Stream.of("a", param).limit(1).collect(java.util.stream.Collectors.joining());',
        "",
    ),
    "check by a helper (kept)": (
        'if (!isSafe(param)) { throw new IllegalArgumentException("bad"); } String bar = param;',
        'private static boolean isSafe(String s) {\n    return s != null && s.matches("[A-Za-z0-9]+");\n}',
    ),
    "check that throws (kept)": (
        "check(param); String bar = param;",
        'private static void check(String s) {\n    if (!s.matches("[A-Za-z0-9]+")) throw new IllegalArgumentException("bad");\n}',
    ),
    "allowed words (kept)": (
        'String bar = OK.contains(param) ? param : "x";',
        'private static final java.util.List<String> OK = java.util.Arrays.asList("a", "b");',
    ),
}
