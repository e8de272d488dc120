"""Bodies of one servlet, each a way for its parameter ``param`` to reach a shell, or not to; and members beside it."""

HEAD = """import java.io.*;
import java.net.*;
import java.nio.charset.*;
import java.util.*;
import java.util.function.*;
import java.util.concurrent.*;
import java.util.regex.*;
import java.util.stream.*;
import javax.servlet.http.*;

public class View extends HttpServlet {
    public void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String param = request.getParameter("p");
"""
MIDDLE = """
    }
"""
END = """
}
"""
RUN = 'Runtime.getRuntime().exec("x " + bar);'

REACHES = {
    "removed by an iterator": (
        'List<String> l = new LinkedList<>(Arrays.asList("a", param)); Iterator<String> it = l.iterator();'
        ' while (it.hasNext()) { if (it.next().equals("a")) it.remove(); } String bar = l.get(0);',
        "",
    ),
    "set and got": ("Order o = new Order(); o.setName(param); String bar = o.getName();", ""),
    "a chain that builds": ("Order o = new OrderBuilder().setName(param).build(); String bar = o.toString();", ""),
    "helper fills a builder": (
        "StringBuilder sb = new StringBuilder(); add(sb, param); String bar = sb.toString();",
        "private void add(StringBuilder sb, String v) { sb.append(v); }",
    ),
    "helper fills a list": (
        "List<String> l = new ArrayList<>(); add(l, param); String bar = l.get(0);",
        "private static void add(List<String> l, String v) { l.add(v); }",
    ),
    "json": ('String bar = new com.fasterxml.jackson.databind.ObjectMapper().readTree(param).get("a").asText();', ""),
    "direct": ("String bar = param;", ""),
    "list": (
        'List<String> l = new ArrayList<>(); l.add("a"); l.add(param); l.add("b"); l.remove(0); String bar = l.get(0);',
        "",
    ),
    "map": (
        'Map<String, Object> m = new HashMap<>(); m.put("a", "x"); m.put("b", param); String bar = (String) m.get("b");',
        "",
    ),
    "unknown key": (
        'Map<String, String> m = new HashMap<>(); m.put("a", "x"); m.put("b", param); String bar = m.get(request.getHeader("k"));',
        "",
    ),
    "switch": (
        "String bar; char c = \"ABC\".charAt(2); switch (c) { case 'A': bar = \"x\"; break; case 'C': case 'D': bar = param; break; default: bar = \"y\"; }",
        "",
    ),
    "switch falls through": (
        'String bar = ""; switch ("ab".length()) { case 2: bar = param; case 3: bar += "z"; break; default: bar = "y"; }',
        "",
    ),
    "switch value": ('String bar = switch (request.getMethod()) { case "GET" -> "a"; default -> param; };', ""),
    "switch yields": (
        'String bar = switch (request.getMethod()) { case "GET": yield "a"; default: { String t = param; yield t; } };',
        "",
    ),
    "ternary": ('int n = 106; String bar = (7 * 18) + n > 200 ? param : "x";', ""),
    "builder": (
        'StringBuilder sb = new StringBuilder(param); sb.append("x").insert(0, "y"); String bar = sb.toString();',
        "",
    ),
    "builder chain": ('String bar = new StringBuilder().append("a").append(param).reverse().toString();', ""),
    "format": ('String bar = String.format("%s-%d", param, 3);', ""),
    "formatted": ('String bar = "a %s".formatted(param);', ""),
    "message": ('String bar = java.text.MessageFormat.format("a {0}", param);', ""),
    "concat": ('String bar = "a".concat(param).trim().toLowerCase();', ""),
    "join": ('String bar = String.join(",", "a", param);', ""),
    "join a list": ('String bar = String.join(",", List.of("a", param));', ""),
    "text block": ('String bar = """\n            a %s\n            """.formatted(param);', ""),
    "array": ('String[] a = new String[2]; a[0] = "x"; a[1] = param; String bar = a[1];', ""),
    "array written out": ('String[] a = {"x", param}; String bar = a[1];', ""),
    "loop": ('String bar = ""; for (String s : request.getParameterValues("v")) { bar = bar + s; }', ""),
    "enumeration": (
        'String bar = ""; Enumeration<String> e = request.getHeaders("X"); while (e.hasMoreElements()) { bar = e.nextElement(); }',
        "",
    ),
    "enumeration once": (
        'String bar = ""; java.util.Enumeration<String> e = request.getHeaders("X"); if (e != null && e.hasMoreElements()) { bar = e.nextElement(); } bar = java.net.URLDecoder.decode(bar, "UTF-8");',
        "",
    ),
    "parameter map": ('Map<String, String[]> all = request.getParameterMap(); String bar = all.get("x")[0];', ""),
    "parameter names": (
        'String bar = ""; Enumeration<String> names = request.getParameterNames(); while (names.hasMoreElements()) { String n = names.nextElement(); bar = request.getParameter(n); }',
        "",
    ),
    "cookies": (
        'String bar = ""; for (Cookie c : request.getCookies()) { if (c.getName().equals("v")) { bar = c.getValue(); } }',
        "",
    ),
    "reader": (
        'String bar = ""; String line; BufferedReader r = request.getReader(); while ((line = r.readLine()) != null) { bar += line; }',
        "",
    ),
    "try": (
        'String bar; try { bar = param; Integer.parseInt("3"); } catch (NumberFormatException e) { bar = "x"; }',
        "",
    ),
    "finally": ('String bar = "x"; try { bar = param; } finally { bar = bar + "y"; }', ""),
    "lambda": ('Function<String, String> f = v -> v + "x"; String bar = f.apply(param);', ""),
    "method reference": (
        "Function<String, String> f = this::keep; String bar = f.apply(param);",
        "private String keep(String v) { return v; }",
    ),
    "supplier": ("Supplier<String> s = () -> param; String bar = s.get();", ""),
    "optional": ('String bar = Optional.ofNullable(param).map(String::trim).orElse("x");', ""),
    "stream": ('String bar = Stream.of("a", param).map(s -> s + "x").collect(Collectors.joining(" "));', ""),
    "stream of a list": (
        'List<String> l = Arrays.asList("a", param); String bar = l.stream().filter(s -> s.length() > 1).findFirst().orElse("");',
        "",
    ),
    "for each": (
        "StringBuilder sb = new StringBuilder(); List.of(param).forEach(sb::append); String bar = sb.toString() + param;",
        "",
    ),
    "helper": ("String bar = keep(param);", "private static String keep(String v) { return v.trim(); }"),
    "helper of an object": ('String bar = keep("a", param);', "private String keep(String a, String b) { return b; }"),
    "overloaded": (
        "String bar = keep(param);",
        'private String keep(String a) { return a; }\nprivate String keep(String a, String b) { return "x"; }',
    ),
    "inner class": (
        "String bar = new Inner().keep(param);",
        "private class Inner { public String keep(String v) { return v; } }",
    ),
    "static inner class": (
        "String bar = Inner.keep(param);",
        "static class Inner { static String keep(String v) { return v; } }",
    ),
    "field of an object": (
        "String bar = new Inner(param).get();",
        "static class Inner { private final String v; Inner(String v) { this.v = v; } String get() { return v; } }",
    ),
    "record": ('String bar = new Pair("a", param).second();', "record Pair(String first, String second) {}"),
    "interface": (
        "Keeper k = new Both(); String bar = k.keep(param);",
        "interface Keeper { String keep(String v); }\nstatic class Both implements Keeper { public String keep(String v) { return v; } }",
    ),
    "inherited": (
        "String bar = new Child().keep(param);",
        "static class Parent { String keep(String v) { return v; } }\nstatic class Child extends Parent { }",
    ),
    "super": (
        "String bar = new Child().keep(param);",
        'static class Parent { String keep(String v) { return v; } }\nstatic class Child extends Parent { String keep(String v) { return super.keep(v) + "x"; } }',
    ),
    "anonymous class": (
        "Function<String, String> f = new Function<String, String>() { public String apply(String v) { return v; } }; String bar = f.apply(param);",
        "",
    ),
    "instance of a pattern": ('Object o = param; String bar = ""; if (o instanceof String s) { bar = s; }', ""),
    "base64": (
        "String bar = new String(Base64.getDecoder().decode(Base64.getEncoder().encode(param.getBytes())));",
        "",
    ),
    "split": ('String bar = param.split(" ")[0];', ""),
    "substring": ("String bar = param.substring(0, param.length() - 1);", ""),
    "replace": ('String bar = param.replace("a", "b");', ""),
    "a check that is too weak": ('String bar = ""; if (param.matches(".*x.*")) { bar = param; }', ""),
    "a search instead of a match": (
        'String bar = ""; if (Pattern.compile("[a-z]+").matcher(param).find()) { bar = param; }',
        "",
    ),
    "a check of something else": ('String bar = ""; if ("a".equals(request.getParameter("q"))) { bar = param; }', ""),
    "a check that does not stop": (
        'if (!List.of("a").contains(param)) { System.out.println("bad"); } String bar = param;',
        "",
    ),
    "unknown call": ("String bar = Unknown.change(param);", ""),
    "nested map": (
        'Map<String, List<String>> m = new HashMap<>(); m.put("a", new ArrayList<>()); m.get("a").add(param); String bar = m.get("a").get(0) + param;',
        "",
    ),
    "continue": ('String bar = ""; for (int i = 0; i < 3; i++) { if (i == 1) { continue; } bar += param; }', ""),
    "do while": ("String bar; int i = 0; do { bar = param; i++; } while (i < 2);", ""),
    "compound": ('String bar = "a"; bar += param;', ""),
    "assignment inside": ("String bar; String other = bar = param;", ""),
    "synchronized": ("String bar; synchronized (this) { bar = param; }", ""),
    "labelled": ('String bar = ""; outer: for (;;) { for (;;) { bar = param; break outer; } }', ""),
    "character by character": (
        "StringBuilder sb = new StringBuilder(); for (char c : param.toCharArray()) { sb.append(c); } String bar = sb.toString();",
        "",
    ),
    "entries": (
        'String bar = ""; for (Map.Entry<String, String[]> e : request.getParameterMap().entrySet()) { bar = e.getValue()[0]; }',
        "",
    ),
    "holder": (
        "var h = new java.util.concurrent.atomic.AtomicReference<String>(); h.set(param); String bar = h.get();",
        "",
    ),
    "thread's own": (
        "OWN.set(param); String bar = OWN.get();",
        "private static final ThreadLocal<String> OWN = new ThreadLocal<>();",
    ),
    "future": ("String bar = java.util.concurrent.CompletableFuture.supplyAsync(() -> param).join();", ""),
    "properties": ('Properties p = new Properties(); p.setProperty("a", param); String bar = p.getProperty("a");', ""),
    "computed entry": ('Map<String, String> m = new HashMap<>(); String bar = m.computeIfAbsent("a", k -> param);', ""),
    "merged entry": (
        'Map<String, String> m = new HashMap<>(); m.merge("a", param, (x, y) -> x + y); String bar = m.get("a");',
        "",
    ),
    "copied array": (
        'String[] a = {"x", param}; String[] b = new String[2]; System.arraycopy(a, 0, b, 0, 2); String bar = b[1];',
        "",
    ),
    "characters copied": ("char[] c = new char[9]; param.getChars(0, 9, c, 0); String bar = new String(c);", ""),
    "writer around a writer": (
        "StringWriter w = new StringWriter(); PrintWriter p = new PrintWriter(w); p.print(param); String bar = w.toString();",
        "",
    ),
    "bytes collected": (
        "ByteArrayOutputStream o = new ByteArrayOutputStream(); o.write(param.getBytes()); String bar = o.toString();",
        "",
    ),
    "joiner": ('StringJoiner j = new StringJoiner(","); j.add(param); String bar = j.toString();', ""),
    "message of an error": (
        'String bar = ""; try { throw new IllegalArgumentException(param); } catch (IllegalArgumentException e) { bar = e.getMessage(); }',
        "",
    ),
    "builder changed in a lambda": (
        'StringBuilder sb = new StringBuilder(); List.of("a", param).forEach(v -> sb.append(v)); String bar = sb.toString();',
        "",
    ),
    "array changed in a lambda": (
        "String[] box = new String[1]; Runnable r = () -> box[0] = param; r.run(); String bar = box[0];",
        "",
    ),
    "group that may be anything": (
        'Matcher m = Pattern.compile("a=(.*)").matcher(param); String bar = m.find() ? m.group(1) : "";',
        "",
    ),
    "a helper that checks nothing": (
        "if (!known(param.trim())) { return; } String bar = param;",
        "private static boolean known(String v) { return v.length() > 3; }",
    ),
    "deque": ('Deque<String> d = new ArrayDeque<>(); d.push("a"); d.push(param); String bar = d.pop();', ""),
}

STOPS = {
    "set and something else got": ('Order o = new Order(); o.setName(param); o.setKind("x"); String bar = o.getKind();', ""),
    "validated by a helper": (
        "check(param); String bar = param;",
        'private void check(String v) { if (!v.matches("[a-z]+")) { throw new IllegalArgumentException(); } }',
    ),
    "a helper that never comes back": (
        'if (!List.of("a").contains(param)) { fail(); } String bar = param;',
        "private void fail() { throw new IllegalStateException(); }",
    ),
    "constant": ('String bar = "x";', ""),
    "list": (
        'List<String> l = new ArrayList<>(); l.add("a"); l.add(param); l.add("b"); l.remove(0); String bar = l.get(1);',
        "",
    ),
    "map": ('Map<String, Object> m = new HashMap<>(); m.put("a", "x"); m.put("b", param); String bar = (String) m.get("b"); bar = (String) m.get("a");', ""),
    "switch": (
        "String bar; char c = \"ABC\".charAt(1); switch (c) { case 'A': bar = param; break; case 'B': bar = \"bob\"; break; case 'C': case 'D': bar = param; break; default: bar = \"x\"; }",
        "",
    ),
    "switch value": ('String bar = switch ("b") { case "a" -> param; case "b" -> "x"; default -> param; };', ""),
    "switch on it": ('String bar; switch (param) { case "a": bar = "1"; break; default: bar = "2"; }', ""),
    "switch lets constants pass": ('String bar; switch (param) { case "a": case "b": bar = param; break; default: throw new IllegalArgumentException(); }', ""),
    "ternary": ('int n = 106; String bar = (7 * 18) + n > 200 ? "x" : param;', ""),
    "if on numbers": ('int n = 86; String bar; if ((7 * 42) - n > 200) bar = "x"; else bar = param;', ""),
    "dead branch": ('String bar = "x"; if (false) { bar = param; }', ""),
    "after a return": ('String bar = "x"; if (1 + 1 == 2) { return; } bar = param;', ""),
    "overwritten": ('String bar = param; bar = "x";', ""),
    "helper returns a constant": ("String bar = keep(param);", 'private static String keep(String v) { String a = v; return "x"; }'),
    "helper keeps the other": ('String bar = keep("a", param);', "private String keep(String a, String b) { return a; }"),
    "overloaded": ('String bar = keep("a", param);', 'private String keep(String a) { return a; }\nprivate String keep(String a, String b) { return "x"; }'),
    "inner class": (
        "String bar = new Inner().keep(request, param);",
        'private class Inner { public String keep(HttpServletRequest r, String v) { String bar; if (2 * 5 > 3) { bar = "x"; } else { bar = v; } return bar; } }',
    ),
    "field of an object": ('String bar = new Inner(param, "b").get();', "static class Inner { private String v, w; Inner(String v, String w) { this.v = v; this.w = w; } String get() { return w; } }"),
    "record": ('String bar = new Pair("a", param).first();', "record Pair(String first, String second) {}"),
    "number": ('int n = Integer.parseInt(param); String bar = "" + n;', ""),
    "number of a parameter": ('long n = Long.parseLong(request.getParameter("n")); String bar = String.valueOf(n);', ""),
    "length": ('String bar = "" + param.length();', ""),
    "uuid": ("String bar = UUID.fromString(param).toString();", ""),
    "enum": ("String bar = Mode.valueOf(param).name();", "enum Mode { FAST, SLOW }"),
    "enum's own text": ("String bar = Mode.valueOf(param.toUpperCase()).flag();", 'enum Mode { FAST("-f"), SLOW("-s"); private final String flag; Mode(String flag) { this.flag = flag; } String flag() { return flag; } }'),
    "allow list": ('if (!List.of("a", "b").contains(param)) { return; } String bar = param;', ""),
    "allow list, a field": ("if (!ALLOWED.contains(param)) { throw new IllegalArgumentException(); } String bar = param;", 'private static final Set<String> ALLOWED = Set.of("a", "b");'),
    "allow list, any match": ('if (Arrays.stream(new String[]{"a", "b"}).noneMatch(v -> v.equals(param))) { return; } String bar = param;', ""),
    "map of what is allowed": ('Map<String, String> m = Map.of("a", "1", "b", "2"); String bar = m.get(param);', ""),
    "map with a default": ('Map<String, String> m = Map.of("a", "1"); String bar = m.getOrDefault(param, "0");', ""),
    "equal to a constant": ('String bar = ""; if ("list".equals(param)) { bar = param; }', ""),
    "equal to one of two": ('if (!param.equals("a") && !param.equalsIgnoreCase("b")) { return; } String bar = param;', ""),
    "pattern": ('if (!param.matches("[a-zA-Z0-9_]+")) { throw new IllegalArgumentException(); } String bar = param;', ""),
    "compiled pattern": ("if (!NAME.matcher(param).matches()) { return; } String bar = param;", 'private static final Pattern NAME = Pattern.compile("^[a-z0-9]{1,20}$");'),
    "matcher": ('Matcher m = Pattern.compile("[a-z]+").matcher(param); if (!m.matches()) { return; } String bar = param;', ""),
    "pattern of what is not allowed": ('if (Pattern.compile("[^a-z]").matcher(param).find()) { return; } String bar = param;', ""),
    "taken out": ('String bar = param.replaceAll("[^A-Za-z0-9]", "");', ""),
    "in a list only": ('List<String> l = new ArrayList<>(); l.add(param); String bar = "x";', ""),
    "builder": ('StringBuilder sb = new StringBuilder(param); sb.setLength(0); sb.append("x"); String bar = sb.toString();', ""),
    "array": ('String[] a = new String[2]; a[0] = "x"; a[1] = param; String bar = a[0];', ""),
    "optional": ('String bar = Optional.of(param).filter(v -> List.of("a").contains(v)).orElse("x");', ""),
    "stream filter": ('List<String> l = Arrays.asList(param).stream().filter(v -> v.matches("[a-z]+")).collect(Collectors.toList()); String bar = l.get(0);', ""),
    "format as a number": ('String bar = String.format("%d", Integer.valueOf(param));', ""),
    "a loop over constants": ('String bar = ""; for (String s : new String[]{"a", "b"}) { bar += s; }', ""),
    "boolean": ('boolean on = Boolean.parseBoolean(param); String bar = on ? "-v" : "";', ""),
    "exit": ('if (!"a".equals(param)) { System.exit(1); } String bar = param;', ""),
    "every character": ('for (char c : param.toCharArray()) { if (!Character.isLetterOrDigit(c)) { return; } } String bar = "x";', ""),
    "group of digits": ('Matcher m = Pattern.compile("id=(\\\\d+)").matcher(param); String bar = m.matches() ? m.group(1) : "0";', ""),
    "named group": ('Matcher m = Pattern.compile("(?<id>[a-z]{2})x.*").matcher(param); String bar = m.find() ? m.group("id") : "";', ""),
    "asked of a helper": (
        "String v = param.trim(); if (!plain(v)) { return; } String bar = v;",
        'private static boolean plain(String v) { return v != null && v.matches("[a-z]{1,9}"); }',
    ),
    "refused by a helper": (
        "String v = param.trim(); if (odd(v)) { return; } String bar = v;",
        'private static boolean odd(String v) { if (v == null) { return true; } return !v.matches("[a-z]{1,9}"); }',
    ),
    "what was derived is checked by a helper": (
        "String v = param.trim(); check(v); String bar = v;",
        'private static void check(String v) { if (!v.matches("[a-z]+")) { throw new IllegalArgumentException(); } }',
    ),
    "digits only": ("String v = param.trim(); if (!v.chars().allMatch(Character::isDigit)) { return; } String bar = v;", ""),
    "letters one by one": ("for (char c : param.toCharArray()) { if (!Character.isLetter(c) && c != '-') { return; } } String bar = param;", ""),
    "digits by index": ("for (int i = 0; i < param.length(); i++) { if (!Character.isDigit(param.charAt(i))) { throw new IllegalArgumentException(); } } String bar = param;", ""),
    "holder that was set again": ('var h = new java.util.concurrent.atomic.AtomicReference<>(param); h.set("x"); String bar = h.get();', ""),
    "other property": ('Properties p = new Properties(); p.setProperty("a", param); p.setProperty("b", "x"); String bar = p.getProperty("b");', ""),
    "key of a pair": ('var e = new AbstractMap.SimpleEntry<>("k", param); String bar = e.getKey();', ""),
    "skipped": ('String bar = Stream.of(param, "x").skip(1).findFirst().orElse("y");', ""),
    "hash": ("String bar = org.apache.commons.codec.digest.DigestUtils.sha256Hex(param);", ""),
    "constant field": ('String bar = PREFIX + "a";', 'private static final String PREFIX = "x-" + "y";'),
    "a property of the machine": ('String bar = System.getProperty("os.name");', ""),
}  # fmt: skip
