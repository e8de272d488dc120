"""Pairs of bodies as in `java_constructs`: in the first `param` reaches a shell, in the second it does not.

A pair is a body with `@` in it, and what stands there in the one and in the other.
"""

_LIST = 'List<String> l = new ArrayList<>(List.of("a", param));'

PAIRS = {
    "merged entry": ('Map<String, String> m = new HashMap<>(); m.put("a", "x"); m.merge("a", param, (o, n) -> @); String bar = m.get("a");', "n", "o"),
    "removed by a test": (_LIST + " l.removeIf(s -> @); String bar = l.get(0);", 's.equals("a")', '!s.equals("a")'),
    "filtered stream": ('String bar = Stream.of("a", param, "b").filter(s -> s.equals(@)).findFirst().orElse("d");', "param", '"b"'),
    "taken while": ('String bar = String.join(",", Stream.of(@, "b", param).takeWhile(s -> !s.equals("b")).collect(Collectors.toList()));', "param", '"a"'),
    "reduced": ("String bar = Stream.of(@).reduce((a, b) -> b).get();", '"a", param', 'param, "a"'),
    "copied part": ('String[] a = {"x", param, "y"}; String bar = Arrays.copyOfRange(a, @)[0];', "1, 3", "2, 3"),
    "array copied into": ('String[] a = {"x", param, "y"}; String[] b = {"1", "2"}; System.arraycopy(a, @, b, 0, 1); String bar = b[0];', "1", "2"),
    "value of a map whose key is from outside": ('Map<String, String> m = new HashMap<>(); m.put(param, "x"); String bar = m.@().iterator().next();', "keySet", "values"),
    "first of a sorted map": ('TreeMap<Integer, String> m = new TreeMap<>(); m.put(5, param); m.put(1, "x"); String bar = m.@Entry().getValue();', "last", "first"),
    "kind that was asked for": ('Object o = param; String bar = "x"; if (o instanceof @) bar = o.toString();', "String", "Integer"),
    "number that was tried": ("String bar = param; try { Integer.parseInt(bar); } catch (NumberFormatException e) { @ }", "", "return;"),
    "UUID that was tried": ("String bar = param; try { UUID.fromString(bar); } catch (IllegalArgumentException e) { @ }", "", "throw e;"),
    "Base64 and back": ("String e = Base64.getEncoder().encodeToString(param.getBytes()); String bar = @;", "new String(Base64.getDecoder().decode(e))", "e"),
    "Base64 for addresses": ("byte[] e = Base64.getUrlEncoder().withoutPadding().encode(param.getBytes()); String bar = @;", "new String(Base64.getUrlDecoder().decode(e))", "new String(e)"),
    "Base64 of what was cleaned": ("String e = Base64.getEncoder().encodeToString(@.getBytes()); String bar = new String(Base64.getDecoder().decode(e));", "param", 'param.replaceAll("[^a-z]", "")'),
    "hexadecimal and back": ("String e = HexFormat.of().formatHex(param.getBytes()); String bar = @;", "new String(HexFormat.of().parseHex(e))", "e"),
    "stream that is emptied": ("ByteArrayOutputStream o = new ByteArrayOutputStream(); o.writeBytes(param.getBytes()); @ String bar = o.toString();", "", "o.reset();"),
    "round of a longer loop": ('String bar = "x"; for (int i = 0; i < 10; i++) { if (i == @) bar = param; }', "7", "12"),
    "last of many": ('String bar = "x"; for (String s : List.of(@)) { bar = s; }', '"a", "b", "c", "d", "e", param', 'param, "a", "b", "c", "d", "e"'),
    "sum of a loop": ('int s = 0; for (int i = 1; i <= 20; i++) s += i; String bar = s == @ ? param : "x";', "210", "211"),
    "greatest common divisor": ('int a = 48, b = 18; while (b != 0) { int t = a % b; a = b; b = t; } String bar = a == @ ? param : "x";', "6", "5"),
    "counted in the test": ('int i = 0; while (i++ < 9) { } String bar = i == @ ? param : "x";', "10", "9"),
    "entry of one key": ('Map<String, String> m = new LinkedHashMap<>(); m.put("fixed", "a"); m.put("asked", param); m.put("spare", "c"); String bar = "z"; for (var e : m.entrySet()) { if (e.getKey().startsWith("@")) bar = e.getValue(); }', "a", "s"),
    "some element of a set": ('String bar = @; for (String s : Set.of("a", param)) { if (s.equals("a")) bar = s; }', "param", '"x"'),
    "two names of one list": ('List<String> l = new ArrayList<>(List.of("x")); List<String> c = @; c.set(0, param); String bar = l.get(0);', "l", "new ArrayList<>(l)"),
    "two names of one object": ("Box b = new Box(); Box c = new Box(); @ c.v = param; String bar = b.v;", "c = b;", "c = b; c = new Box();", 'static class Box { String v = "x"; }'),
    "object filled by a helper": ("Box b = new Box(); fill(b, param, @); String bar = b.v;", "true", "false", 'static class Box { String v = "x"; }\n    static void fill(Box b, String s, boolean really) {\n        if (really) b.v = s;\n    }'),
    "helper with an object of its own": ("Box b = new Box(); @fill(b, param); String bar = b.v;", "b.v = param; ", "", 'static class Box { String v = "x"; }\n    static void fill(Box b, String s) {\n        b = new Box();\n        b.v = s;\n    }'),
    "map of a stream": ('Map<String, String> m = Stream.of(new String[] {"a", param}, new String[] {"b", "x"}).collect(Collectors.toMap(k -> k[0], k -> k[1])); String bar = m.get("@");', "a", "b"),
    "put in at a place": ('List<String> l = new ArrayList<>(List.of("a")); l.addAll(0, List.of(@)); String bar = l.get(0);', 'param, "c"', '"c", param'),
    "turned list": ('List<String> l = new ArrayList<>(List.of("a", param, "c")); Collections.rotate(l, 1); String bar = l.get(@);', "2", "1"),
    "copies": ('List<String> l = new ArrayList<>(Collections.nCopies(3, "x")); l.set(@, param); String bar = l.get(1);', "1", "2"),
    "predicate that is asked": ('Predicate<String> ok = s -> s.matches("[a-z]+"); if (@) return; String bar = param;', "ok.test(param)", "!ok.test(param)"),
    "bits taken away": ('int flags = 5; flags &= ~1; String bar = (flags & @) != 0 ? param : "x";', "4", "1"),
    "short constructor that cleans": ("String bar = new @(param).a();", "Raw", "Clean", 'record Raw(String a) {\n    }\n    record Clean(String a) {\n        Clean {\n            a = a.replaceAll("[^a-z]", "");\n        }\n    }'),
    "record taken apart": ('Object o = new T("x", @); String bar = "z"; if (o instanceof T(String a, String b)) bar = b;', "param", '"y"', "record T(String a, String b) {\n    }"),
    "record taken apart by a switch": ('Object o = new T("x", @); String bar = switch (o) { case T(String a, String b) -> b; default -> "z"; };', "param", '"y"', "record T(String a, String b) {\n    }"),
}  # fmt: skip
