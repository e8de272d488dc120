"""Java with a flow and without one, class by class; what must be reported stands in guillemets."""


def servlet(body, members=""):
    """A servlet whose ``doGet`` does this."""
    return (
        "import java.io.*;\nimport java.net.*;\nimport java.nio.file.*;\nimport java.sql.*;\nimport java.util.*;\n"
        "import javax.servlet.http.*;\n\npublic class View extends HttpServlet {\n"
        "    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {\n"
        f"        {body}\n    }}\n{members}\n}}\n"
    )


def spring(method, fields=""):
    """A controller with this method."""
    return (
        "import org.springframework.web.bind.annotation.*;\nimport org.springframework.http.*;\nimport java.util.*;\n"
        "import java.nio.file.*;\nimport java.io.*;\n\n"
        f"@RestController\npublic class Api {{\n    {fields}\n    {method}\n}}\n"
    )


def plain(method, imports=""):
    """A class with this method."""
    return f"{imports}\npublic class Tool {{\n    {method}\n}}\n"


NAME = 'String n = request.getParameter("n");\n        '

VULNERABLE: dict[str, tuple[str, ...]] = {
    "cookie-flag-switched-off": (
        servlet('boolean secure = false;\n        Cookie c = new Cookie("a", next());\n        c.setSecure(«secure»);'),
        servlet('boolean secure = 3 > 4;\n        Cookie c = new Cookie("a", next());\n        c.setSecure(«secure»);'),
        servlet('Cookie c = new Cookie("a", next());\n        c.setSecure(«SECURE»);', "    private static final boolean SECURE = false;"),
        servlet('boolean secure = false;\n        if (request.isSecure()) { secure = true; }\n        Cookie c = new Cookie("a", next());\n        c.setSecure(«secure»);'),
    ),
    "sql-injection": (
        servlet(NAME + "Statement s = open().createStatement();\n        s.executeQuery(«\"SELECT * FROM t WHERE n = '\" + n + \"'\"»);"),
        servlet(NAME + "String sql = String.format(\"SELECT * FROM t WHERE n = '%s'\", n);\n        open().prepareStatement(«sql»).executeQuery();"),
        spring("@GetMapping(\"/u\") public List<String> find(@RequestParam String name) {\n        return jdbc.queryForList(«\"SELECT a FROM u WHERE n = '\" + name + \"'\"», String.class);\n    }", "@Autowired private JdbcTemplate jdbc;"),
        spring("@PostMapping(\"/u\") public Object find(@RequestBody Query q) {\n        StringBuilder sql = new StringBuilder(\"SELECT a FROM u WHERE 1 = 1\");\n        if (q.getName() != null) { sql.append(\" AND n = '\").append(q.getName()).append(\"'\"); }\n        return em.createNativeQuery(«sql.toString()»).getResultList();\n    }", "@PersistenceContext private EntityManager em;"),
        plain("List<User> find(Session session, String name) {\n        return session.createQuery(«\"from User where name = '\" + name + \"'\"»).list();\n    }", "import org.hibernate.Session;\nimport java.util.List;"),
        plain('public void drop(Connection c, String table) throws Exception {\n        try (Statement s = c.createStatement()) {\n            s.execute(«"DROP TABLE " + table»);\n        }\n    }', "import java.sql.*;"),
        servlet(NAME + 'String order = request.getParameter("o");\n        PreparedStatement s = open().prepareStatement(«"SELECT * FROM t WHERE n = ? ORDER BY " + order»);\n        s.setString(1, n);\n        s.executeQuery();'),
        "import org.apache.ibatis.annotations.*;\n\npublic interface Users {\n    @Select(«\"SELECT * FROM u WHERE n = '${n}'\"»)\n    User find(@Param(\"n\") String n);\n}\n",
    ),
    "shell-command-injection": (
        servlet(NAME + 'Runtime.getRuntime().exec(«"ping " + n»);'),
        servlet(NAME + 'String[] words = {"/bin/sh", "-c", "ls " + n};\n        Runtime.getRuntime().exec(«words»);'),
        servlet(NAME + 'new ProcessBuilder("bash", "-c", «"ls " + n»).start();'),
        servlet(NAME + 'List<String> words = new ArrayList<>();\n        words.add("cmd.exe");\n        words.add("/c");\n        words.add("dir " + n);\n        ProcessBuilder b = new ProcessBuilder();\n        b.command(«words»);\n        b.start();'),
        servlet(NAME + "ProcessBuilder b = new ProcessBuilder(«n»);\n        b.start();"),
        plain('public void ping(String host) throws Exception {\n        Process p = Runtime.getRuntime().exec(«"ping -c 1 " + host»);\n    }'),
    ),
    "code-eval": (
        spring('@PostMapping("/e") public Object eval(@RequestBody String x) {\n        Expression e = new SpelExpressionParser().parseExpression(«x»);\n        EvaluationContext c = new StandardEvaluationContext(cart);\n        return e.getValue(c, cart, Object.class);\n    }'),
        servlet('String s = NAMES.get(request.getParameter("n"));\n        if (s == null) {\n            s = request.getParameter("n");\n        }\n        engine.eval(«s»);', '    private static final Map<String, String> NAMES = Map.of("a", "1", "b", "2");\n    private final ScriptEngine engine = null;').replace("import java.io.*;", "import javax.script.*;\nimport java.io.*;"),
        servlet('ScriptEngine e = new ScriptEngineManager().getEngineByName("js");\n        e.eval(«request.getParameter("c")»);').replace("import java.io.*;", "import javax.script.*;\nimport java.io.*;"),
        spring('@GetMapping("/e") public Object eval(@RequestParam String x) {\n        ExpressionParser p = new SpelExpressionParser();\n        return p.parseExpression(«x»).getValue();\n    }'),
        plain("Object run(String script) {\n        return new GroovyShell().evaluate(«script»);\n    }", "import groovy.lang.GroovyShell;"),
        servlet('Object v = ognl.Ognl.getValue(«request.getHeader("X")», new HashMap<>());'),
        plain('Object calc(ChatLanguageModel model, javax.script.ScriptEngine engine) throws Exception {\n        String code = model.generate("Write a program");\n        return engine.eval(«code»);\n    }', "import dev.langchain4j.model.chat.ChatLanguageModel;"),
    ),
    "template-injection": (
        servlet(NAME + 'Velocity.evaluate(ctx, response.getWriter(), "t", «"Hi " + n»);').replace("import java.io.*;", "import org.apache.velocity.app.Velocity;\nimport java.io.*;"),
        servlet(NAME + 'Template t = new Template("x", «new StringReader(n)», cfg);').replace("import java.io.*;", "import freemarker.template.Template;\nimport java.io.*;"),
        spring('@GetMapping("/t") public Object t(@RequestParam String t) {\n        return engine.process(«"<p>" + t», new Context());\n    }', "private final TemplateEngine engine = new TemplateEngine();").replace("import java.io.*;", "import java.io.*;\nimport org.thymeleaf.TemplateEngine;"),
        servlet(NAME + "ST t = new org.stringtemplate.v4.ST(«n»);"),
    ),
    "cross-site-scripting": (
        plain('public void handleRequest(HttpServerExchange exchange) {\n        String n = exchange.getQueryParameters().get("n").peekFirst();\n        exchange.getResponseSender().send(«"<p>" + n + "</p>"»);\n    }', "import io.undertow.server.HttpServerExchange;"),
        servlet(NAME + 'response.getWriter().println(«"<h1>" + n + "</h1>"»);'),
        servlet(NAME + 'response.setContentType("text/html");\n        PrintWriter out = response.getWriter();\n        out.write(«n»);'),
        servlet('Object[] values = {"a", request.getHeader("Referer")};\n        response.getWriter().format("<p>%s %s", «values»);'),
        servlet('StringBuilder page = new StringBuilder("<ul>");\n        for (String v : request.getParameterValues("v")) { page.append("<li>").append(v); }\n        response.getWriter().print(«page.toString()»);'),
        spring('@GetMapping("/hi") public String hi(@RequestParam("n") String name) {\n        return «"<h1>Hello " + name + "</h1>"»;\n    }'),
        spring('@GetMapping("/hi") public ResponseEntity<String> hi(@RequestParam String name) {\n        return ResponseEntity.ok(«"<b>" + name + "</b>"»);\n    }'),
        servlet(NAME + 'ServletOutputStream out = response.getOutputStream();\n        out.print(«"<p>" + n»);'),
        spring('@GetMapping("/hi") public String hi(@RequestParam String name) {\n        return «String.format("<p>%s</p>", name)»;\n    }'),
    ),
    "path-traversal": (
        servlet('File f = new File("/data/" + request.getParameter("f"));\n        new FileInputStream(«f»).read();'),
        servlet('byte[] b = Files.readAllBytes(«Paths.get("/data", request.getParameter("f"))»);'),
        servlet('Path p = Paths.get("/data").resolve(request.getParameter("f")).normalize();\n        Files.newInputStream(«p»);'),
        spring('@GetMapping("/f/{name}") public byte[] f(@PathVariable String name) throws IOException {\n        return Files.readAllBytes(«Path.of("/data/" + name)»);\n    }'),
        servlet('String f = request.getParameter("f");\n        File file = new File("/data", f);\n        if (!file.getPath().startsWith("/data")) { return; }\n        new FileReader(«file»).read();'),
        servlet('String f = request.getParameter("f");\n        try (BufferedReader r = new BufferedReader(new FileReader(«"/data/" + f»))) { r.readLine(); }'),
        servlet('new File("/data", request.getParameter("f")).delete();'.replace('new File("/data", request.getParameter("f"))', '«new File("/data", request.getParameter("f"))»')),
    ),
    "zip-slip": (
        plain("void unzip(ZipInputStream zip, File out) throws IOException {\n        ZipEntry entry;\n        while ((entry = zip.getNextEntry()) != null) {\n            File f = new File(out, entry.getName());\n            try (FileOutputStream o = new FileOutputStream(«f»)) { zip.transferTo(o); }\n        }\n    }", "import java.io.*;\nimport java.util.zip.*;"),
        plain("void unzip(ZipFile zip, Path out) throws IOException {\n        Enumeration<? extends ZipEntry> all = zip.entries();\n        while (all.hasMoreElements()) {\n            ZipEntry e = all.nextElement();\n            Files.copy(zip.getInputStream(e), «out.resolve(e.getName())»);\n        }\n    }", "import java.io.*;\nimport java.nio.file.*;\nimport java.util.*;\nimport java.util.zip.*;"),
        plain("void untar(TarArchiveInputStream in, String out) throws IOException {\n        TarArchiveEntry e;\n        while ((e = in.getNextTarEntry()) != null) {\n            Files.createDirectories(«Paths.get(out, e.getName())»);\n        }\n    }", "import java.io.*;\nimport java.nio.file.*;\nimport org.apache.commons.compress.archivers.tar.*;"),
        plain("void unjar(JarFile jar, String out) throws IOException {\n        for (JarEntry e : Collections.list(jar.entries())) {\n            String name = out + File.separator + e.getName();\n            new FileOutputStream(«name»).close();\n        }\n    }", "import java.io.*;\nimport java.util.*;\nimport java.util.jar.*;"),
    ),
    "unrestricted-upload": (
        spring('@PostMapping("/up") public String up(@RequestParam MultipartFile file) throws IOException {\n        file.transferTo(«new File("/up/" + file.getOriginalFilename())»);\n        return "ok";\n    }').replace("import java.io.*;", "import java.io.*;\nimport org.springframework.web.multipart.MultipartFile;"),
        servlet('Part part = request.getPart("f");\n        part.write(«"/up/" + part.getSubmittedFileName()»);'),
        spring('@PostMapping("/up") public String up(@RequestParam MultipartFile file) throws IOException {\n        String name = file.getOriginalFilename();\n        Path target = Paths.get("/up").resolve(name);\n        file.transferTo(«target»);\n        return "ok";\n    }').replace("import java.io.*;", "import java.io.*;\nimport org.springframework.web.multipart.MultipartFile;"),
        servlet("for (Part part : request.getParts()) {\n            String name = part.getSubmittedFileName();\n            part.write(«name»);\n        }"),
    ),
    "server-side-request-forgery": (
        servlet('URL u = new URL(request.getParameter("u"));\n        «u».openStream();'),
        servlet('HttpURLConnection c = (HttpURLConnection) «new URL(request.getParameter("u"))».openConnection();'),
        spring('@GetMapping("/p") public String p(@RequestParam String url) {\n        return rest.getForObject(«url», String.class);\n    }', "private final RestTemplate rest = new RestTemplate();"),
        servlet('HttpRequest r = HttpRequest.newBuilder().uri(«URI.create(request.getParameter("u"))».build();'.replace("(«URI", "(«URI").replace('"))».build', '"))»).build')).replace("import java.net.*;", "import java.net.*;\nimport java.net.http.*;"),
        servlet('String host = request.getParameter("h");\n        String html = org.jsoup.Jsoup.connect(«"http://" + host + "/x"»).get().html();'),
        servlet('String u = request.getParameter("u");\n        if (!u.startsWith("https://example.com")) { return; }\n        «new URL(u)».openStream();'),
    ),
    "open-redirect": (
        servlet('response.sendRedirect(«request.getParameter("next")»);'),
        servlet('String to = request.getParameter("to");\n        response.setHeader("Location", «to»);'),
        spring('@GetMapping("/r") public String r(@RequestParam String to) {\n        return «"redirect:" + to»;\n    }').replace("@RestController", "@Controller"),
        spring('@GetMapping("/r") public Object r(@RequestParam String to) {\n        return new RedirectView(«to»);\n    }'),
        servlet('String to = request.getParameter("to");\n        if (!to.startsWith("/")) { to = "/"; }\n        response.sendRedirect(«to»);'),
    ),
    "header-injection": (
        servlet('response.setHeader("X-Name", «request.getParameter("n")»);'),
        servlet('response.setHeader("X-File", «names.filename(request.getParameter("n"))»);'),
        servlet(NAME + 'response.addHeader("X-Name", «"a" + n»);'),
        servlet('for (Cookie c : request.getCookies()) { response.addHeader("X", «c.getValue()»); }'),
        servlet(NAME + 'response.setHeader("X-Name", «java.util.regex.Pattern.compile("[\\r\\n]").matcher(n).replaceFirst("_")»);'),
        servlet(NAME + "if (n.indexOf('\\n') >= 0) { return; }\n        response.setHeader(\"X-Name\", «n»);"),
        servlet(NAME + "if (n.indexOf('\\r') < 0 || n.indexOf('\\n') < 0) { response.setHeader(\"X-Name\", «n»); }"),
        servlet(NAME + 'if (n.chars().anyMatch(c -> c > 0x20)) { return; }\n        response.setHeader("X-Name", «n»);'),
        servlet(NAME + 'if (n.matches("[\\r\\n]")) { return; }\n        response.setHeader("X-Name", «n»);'),
        servlet(NAME + "for (char c : n.toCharArray()) { if (c == '\\r') { throw new IllegalArgumentException(); } }\n        response.setHeader(\"X-Name\", «n»);"),
        servlet(NAME + 'String v = n.trim();\n        response.setHeader("Content-Disposition", «"attachment; filename=" + v»);'),
    ),
    "mail-header-injection": (
        servlet('MimeMessage m = new MimeMessage(session);\n        m.setSubject(«request.getParameter("s")»);').replace("import java.io.*;", "import javax.mail.internet.*;\nimport java.io.*;"),
        servlet('MimeMessage m = new MimeMessage(session);\n        m.addHeader("X-To", «request.getParameter("s")»);').replace("import java.io.*;", "import javax.mail.internet.*;\nimport java.io.*;"),
        spring('@PostMapping("/m") public void m(@RequestParam String s) {\n        SimpleMailMessage m = new SimpleMailMessage();\n        m.setSubject(«"Re: " + s»);\n    }').replace("import java.io.*;", "import org.springframework.mail.SimpleMailMessage;"),
        spring('@PostMapping("/m") public void m(@RequestParam String to) {\n        SimpleMailMessage m = new SimpleMailMessage();\n        m.setTo(«to»);\n    }').replace("import java.io.*;", "import org.springframework.mail.SimpleMailMessage;"),
    ),
    "log-injection": (
        servlet(NAME + 'log.info(«"login of " + n»);', "    private static final Logger log = LoggerFactory.getLogger(View.class);").replace("import java.io.*;", "import org.slf4j.*;\nimport java.io.*;"),
        servlet(NAME + 'log.warn("no {}", «n»);', "    private static final Logger log = LoggerFactory.getLogger(View.class);").replace("import java.io.*;", "import org.slf4j.*;\nimport java.io.*;"),
        servlet(NAME + 'LOGGER.log(Level.INFO, «"user " + n»);', '    private static final Logger LOGGER = Logger.getLogger("x");').replace("import java.io.*;", "import java.util.logging.*;\nimport java.io.*;"),
        spring('@GetMapping("/l") public void l(@RequestParam String q) {\n        log.error(«"bad " + q»);\n    }'),
    ),
    "ldap-injection": (
        servlet(NAME + 'DirContext c = new InitialDirContext(env);\n        c.search("ou=people", «"(uid=" + n + ")"», controls);').replace("import java.io.*;", "import javax.naming.directory.*;\nimport java.io.*;"),
        spring('@GetMapping("/l") public Object l(@RequestParam String uid) {\n        return ldap.search("", «"(&(uid=" + uid + ")(objectClass=person))"», mapper);\n    }', "@Autowired private LdapTemplate ldap;"),
        servlet(NAME + 'String filter = String.format("(&(cn=%s)(a=b))", n);\n        ctx.search("dc=x", «filter», c);', "    private DirContext ctx;").replace("import java.io.*;", "import javax.naming.directory.*;\nimport java.io.*;"),
        plain('NamingEnumeration<SearchResult> find(LdapContext c, String name) throws NamingException {\n        return c.search("o=x", «"(cn=" + name + ")"», null);\n    }', "import javax.naming.*;\nimport javax.naming.ldap.*;\nimport javax.naming.directory.*;"),
    ),
    "xpath-injection": (
        servlet(NAME + "XPath x = XPathFactory.newInstance().newXPath();\n        x.evaluate(«\"//u[@n='\" + n + \"']\"», doc);").replace("import java.io.*;", "import javax.xml.xpath.*;\nimport java.io.*;"),
        servlet(NAME + "XPathExpression e = XPathFactory.newInstance().newXPath().compile(«\"/a[b='\" + n + \"']\"»);").replace("import java.io.*;", "import javax.xml.xpath.*;\nimport java.io.*;"),
        servlet(NAME + "Object o = document.selectNodes(«\"//user[name='\" + n + \"']\"»);"),
        plain("Object find(XPath xpath, Object doc, String id) throws Exception {\n        String e = \"//order[@id='\" + id + \"']\";\n        return xpath.evaluate(«e», doc);\n    }", "import javax.xml.xpath.*;"),
    ),
    "nosql-injection": (
        servlet(NAME + "Document d = Document.parse(«\"{name: '\" + n + \"'}\"»);").replace("import java.io.*;", "import org.bson.Document;\nimport java.io.*;"),
        servlet(NAME + "users.find(new Document(\"$where\", «\"this.n == '\" + n + \"'\"»));").replace("import java.io.*;", "import org.bson.Document;\nimport java.io.*;"),
        servlet(NAME + "users.find(Filters.where(«\"this.n == '\" + n + \"'\"»));").replace("import java.io.*;", "import com.mongodb.client.model.Filters;\nimport java.io.*;"),
        spring("@GetMapping(\"/n\") public Object n(@RequestParam String q) {\n        return mongo.find(new BasicQuery(«\"{ name: '\" + q + \"' }\"»), User.class);\n    }").replace("import java.io.*;", "import org.springframework.data.mongodb.core.query.BasicQuery;"),
    ),
    "unsafe-deserialization": (
        servlet("ObjectInputStream in = new ObjectInputStream(request.getInputStream());\n        Object o = «in».readObject();"),
        servlet('byte[] raw = Base64.getDecoder().decode(request.getParameter("d"));\n        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(raw));\n        «in».readObject();'),
        plain("Object load(byte[] data) throws Exception {\n        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(data))) {\n            return «in».readObject();\n        }\n    }", "import java.io.*;"),
        servlet('Object o = new XStream().fromXML(«request.getParameter("x")»);').replace("import java.io.*;", "import com.thoughtworks.xstream.XStream;\nimport java.io.*;"),
        servlet("XMLDecoder d = new XMLDecoder(request.getInputStream());\n        «d».readObject();").replace("import java.io.*;", "import java.beans.XMLDecoder;\nimport java.io.*;"),
        servlet('Object o = new Yaml(new Constructor(Object.class)).load(«request.getParameter("x")»);').replace("import java.io.*;", "import org.yaml.snakeyaml.*;\nimport org.yaml.snakeyaml.constructor.Constructor;\nimport java.io.*;"),
        servlet('Object o = new Yaml().load(«request.getParameter("x")»);').replace("import java.io.*;", "import org.yaml.snakeyaml.Yaml;\nimport java.io.*;"),
    ),
    "regex-injection": (
        servlet('java.util.regex.Pattern.compile(«request.getParameter("p")»);'),
        servlet(NAME + 'boolean b = "text".matches(«n»);'),
        servlet(NAME + 'String s = "text".replaceAll(«"(" + n + ")"», "");'),
        servlet(NAME + 'boolean b = java.util.regex.Pattern.matches(«n», "x");'),
    ),
    "xml-external-entities": (
        servlet("DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n        f.newDocumentBuilder().parse(«request.getInputStream()»);").replace("import java.io.*;", "import javax.xml.parsers.*;\nimport java.io.*;"),
        servlet("SAXParser p = SAXParserFactory.newInstance().newSAXParser();\n        p.parse(«request.getInputStream()», new DefaultHandler());").replace("import java.io.*;", "import javax.xml.parsers.*;\nimport java.io.*;"),
        servlet("XMLInputFactory f = XMLInputFactory.newInstance();\n        XMLStreamReader r = f.createXMLStreamReader(«request.getReader()»);").replace("import java.io.*;", "import javax.xml.stream.*;\nimport java.io.*;"),
        servlet('SAXReader r = new SAXReader();\n        Object d = r.read(«new StringReader(request.getParameter("x"))»);').replace("import java.io.*;", "import org.dom4j.io.SAXReader;\nimport java.io.*;"),
        servlet('DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n        f.setNamespaceAware(true);\n        DocumentBuilder b = f.newDocumentBuilder();\n        InputSource s = new InputSource(new StringReader(request.getParameter("x")));\n        b.parse(«s»);').replace("import java.io.*;", "import javax.xml.parsers.*;\nimport org.xml.sax.InputSource;\nimport java.io.*;"),
    ),
    "trust-boundary-violation": (
        servlet('request.getSession().setAttribute("role", «request.getParameter("role")»);'),
        servlet(NAME + 'HttpSession s = request.getSession(true);\n        s.putValue(«n», "10");'),
        spring('@PostMapping("/s") public void s(HttpSession session, @RequestParam String role) {\n        session.setAttribute("role", «role»);\n    }').replace("import java.io.*;", "import javax.servlet.http.HttpSession;"),
        servlet('for (Cookie c : request.getCookies()) { request.getSession().setAttribute("c", «c.getValue()»); }'),
    ),
    "unsafe-reflection": (
        servlet('Class.forName(«request.getParameter("c")»).newInstance();'),
        servlet(NAME + 'getClass().getClassLoader().loadClass(«"a." + n»);'),
        spring('@GetMapping("/c") public void c(@RequestParam String lib) {\n        System.loadLibrary(«lib»);\n    }'),
        servlet(NAME + 'String c = "org.example." + n;\n        Object o = Class.forName(«c»).getDeclaredConstructor().newInstance();'),
    ),
    "prompt-injection": (
        spring('@PostMapping("/a") public String a(@RequestBody String role) {\n        SystemMessage m = SystemMessage.from(«"You are " + role»);\n        return "x";\n    }').replace("import java.io.*;", "import dev.langchain4j.data.message.SystemMessage;"),
        spring('@PostMapping("/a") public String a(@RequestParam String who) {\n        return chat.prompt().system(«"You are " + who»).user("hi").call().content();\n    }', "private ChatClient chat;").replace("import java.io.*;", "import org.springframework.ai.chat.client.ChatClient;"),
        servlet(NAME + 'Object m = new SystemMessage(«"Answer as " + n»);').replace("import java.io.*;", "import org.springframework.ai.chat.messages.SystemMessage;\nimport java.io.*;"),
        servlet(NAME + "Object m = SystemMessage.systemMessage(«n»);").replace("import java.io.*;", "import dev.langchain4j.data.message.SystemMessage;\nimport java.io.*;"),
    ),
    "vector-from-the-program": (
        plain('private static final String START = "0123456789abcdef";\n    Object f() throws Exception { return new IvParameterSpec(«START.getBytes("UTF-8")»); }', "import javax.crypto.spec.*;"),
        plain("private byte[] start() { return new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; }\n    Object f() { return new GCMParameterSpec(128, «start()»); }", "import javax.crypto.spec.*;"),
        plain('private static String start() { return "0123456789abcdef"; }\n    Object f() { return new IvParameterSpec(«start().getBytes()», 0, 16); }', "import javax.crypto.spec.*;"),
        plain("private static final byte[] START = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};\n    Object f() { return new IvParameterSpec(«START»); }", "import javax.crypto.spec.*;"),
    ),
    "weak-algorithm": (
        plain('private static final String A = "DES";\n    Cipher f() throws Exception { return Cipher.getInstance(«A + "/CBC/PKCS5Padding"»); }', "import javax.crypto.Cipher;"),
        plain('private static final String A = "AES";\n    Cipher f() throws Exception { return Cipher.getInstance(«A»); }', "import javax.crypto.Cipher;"),
        plain('private static String name() { return "AES/ECB/PKCS5Padding"; }\n    Cipher f() throws Exception { return Cipher.getInstance(«name()»); }', "import javax.crypto.Cipher;"),
        plain('private static final java.util.Map<Integer, String> NAMES = java.util.Map.of(1, "DES", 2, "AES/GCM/NoPadding");\n    Cipher f() throws Exception { return Cipher.getInstance(«NAMES.get(1)»); }', "import javax.crypto.Cipher;"),
        plain('private static final String A = "DESede";\n    SecretKey f() throws Exception { return KeyGenerator.getInstance(«A»).generateKey(); }', "import javax.crypto.*;"),
    ),
}  # fmt: skip


SECURE: dict[str, tuple[str, ...]] = {
    "cookie-flag-switched-off": (
        servlet('boolean secure = true;\n        Cookie c = new Cookie("a", next());\n        c.setSecure(secure);'),
        servlet('boolean secure = 4 > 3;\n        Cookie c = new Cookie("a", next());\n        c.setSecure(secure);'),
        servlet('Cookie c = new Cookie("a", next());\n        c.setSecure(request.isSecure());'),
        servlet('boolean secure = false;\n        Cookie c = new Cookie("a", next());\n        if ("a".equals(c.getName())) { secure = true; }\n        c.setSecure(secure);'),
    ),
    "sql-injection": (
        servlet(NAME + 'PreparedStatement s = open().prepareStatement("SELECT * FROM t WHERE n = ?");\n        s.setString(1, n);\n        s.executeQuery();'),
        servlet('int id = Integer.parseInt(request.getParameter("id"));\n        open().createStatement().executeQuery("SELECT * FROM t WHERE id = " + id);'),
        spring('@GetMapping("/u") public Object find(@RequestParam String name) {\n        return jdbc.queryForList("SELECT a FROM u WHERE n = ?", String.class, name);\n    }', "@Autowired private JdbcTemplate jdbc;"),
        spring('@GetMapping("/u/{id}") public Object find(@PathVariable Long id) {\n        return jdbc.queryForMap("SELECT a FROM u WHERE id = " + id);\n    }', "@Autowired private JdbcTemplate jdbc;"),
        spring('private static final Set<String> COLUMNS = Set.of("name", "age");\n    @GetMapping("/u") public Object find(@RequestParam String sort) {\n        if (!COLUMNS.contains(sort)) { throw new IllegalArgumentException(); }\n        return jdbc.queryForList("SELECT a FROM u ORDER BY " + sort);\n    }', "@Autowired private JdbcTemplate jdbc;"),
        spring('@GetMapping("/u") public Object find(@RequestParam String sort) {\n        String column = switch (sort) { case "n" -> "name"; case "a" -> "age"; default -> "id"; };\n        return em.createNativeQuery("SELECT a FROM u ORDER BY " + column).getResultList();\n    }', "@PersistenceContext private EntityManager em;"),
        servlet(NAME + "String[] keep = {n, \"x\"};\n        String v = keep[1];\n        open().createStatement().execute(\"DELETE FROM t WHERE n = '\" + v + \"'\");"),
        plain('Object find(Session s, String name) {\n        return s.createQuery("from User where name = :n").setParameter("n", name).list();\n    }', "import org.hibernate.Session;"),
        plain('void add(Cache cache, String name) {\n        cache.execute(name);\n        cache.update("entry " + name);\n    }'),
        servlet(NAME + 'StringBuilder in = new StringBuilder();\n        String[] ids = n.split(",");\n        for (int i = 0; i < ids.length; i++) { in.append(i == 0 ? "?" : ",?"); }\n        open().prepareStatement("SELECT * FROM t WHERE id IN (" + in + ")");'),
        'import org.apache.ibatis.annotations.*;\n\npublic interface Users {\n    @Select("SELECT * FROM u WHERE n = #{n} LIMIT ${most}")\n    User find(@Param("n") String n, @Param("most") int most);\n}\n',
    ),
    "shell-command-injection": (
        servlet(NAME + 'new ProcessBuilder("ping", "-c", "1", n).start();'),
        servlet(NAME + 'Runtime.getRuntime().exec(new String[]{"ls", "--", n});'),
        servlet('Runtime.getRuntime().exec("uptime");'),
        servlet(NAME + 'if (!n.matches("^[a-zA-Z0-9.]+$")) { throw new IllegalArgumentException(); }\n        Runtime.getRuntime().exec("ping " + n);'),
        servlet(NAME + 'String cmd = "stop".equals(n) ? "systemctl stop x" : "systemctl start x";\n        Runtime.getRuntime().exec(cmd);'),
        servlet(NAME + 'executor.exec(n);\n        query.exec("x" + n);'),
    ),
    "code-eval": (
        spring('@PostMapping("/e") public Object eval(@RequestBody String x) {\n        Expression e = new SpelExpressionParser().parseExpression(x);\n        EvaluationContext c = SimpleEvaluationContext.forReadOnlyDataBinding().build();\n        return e.getValue(c, cart, Object.class);\n    }'),
        servlet('String s = NAMES.get(request.getParameter("n"));\n        if (s == null) {\n            throw new SecurityException();\n        }\n        engine.eval(s);', '    private static final Map<String, String> NAMES = Map.of("a", "1", "b", "2");\n    private final ScriptEngine engine = null;').replace("import java.io.*;", "import javax.script.*;\nimport java.io.*;"),
        servlet('Object v = new ScriptEngineManager().getEngineByName("js").eval("1 + 1");').replace("import java.io.*;", "import javax.script.*;\nimport java.io.*;"),
        spring('@GetMapping("/e") public Object e(@RequestParam int x) {\n        return new SpelExpressionParser().parseExpression("2 * " + x).getValue();\n    }'),
        servlet(NAME + 'Bindings b = engine.createBindings();\n        b.put("n", n);\n        engine.eval("n + 1", b);'),
        servlet(NAME + 'Set<String> known = Set.of("a", "b");\n        if (known.contains(n)) { engine.eval(n + "()"); }'),
    ),
    "template-injection": (
        servlet(NAME + 'VelocityContext c = new VelocityContext();\n        c.put("n", n);\n        Velocity.evaluate(c, response.getWriter(), "t", "Hi $n");').replace("import java.io.*;", "import org.apache.velocity.app.Velocity;\nimport java.io.*;"),
        servlet(NAME + 'Template t = cfg.getTemplate("page.ftl");\n        t.process(Map.of("n", n), response.getWriter());'),
        spring('@GetMapping("/t") public Object t(@RequestParam String n) {\n        Context c = new Context();\n        c.setVariable("n", n);\n        return engine.process("page", c);\n    }', "private final TemplateEngine engine = new TemplateEngine();").replace("import java.io.*;", "import java.io.*;\nimport org.thymeleaf.TemplateEngine;"),
        servlet(NAME + 'ST t = new org.stringtemplate.v4.ST("Hi <n>");\n        t.add("n", n);'),
    ),
    "cross-site-scripting": (
        plain('public void handleRequest(HttpServerExchange exchange) {\n        String n = exchange.getQueryParameters().get("n").peekFirst();\n        exchange.getResponseSender().send("<p>" + n.replaceAll("\\\\W", "") + "</p>");\n    }', "import io.undertow.server.HttpServerExchange;"),
        servlet(NAME + 'String json = new ObjectMapper().writeValueAsString(n).replace("<", "\\\\u003c");\n        response.setContentType("text/html");\n        response.getWriter().print("<script>start(" + json + ")</script>");').replace("import java.io.*;", "import com.fasterxml.jackson.databind.ObjectMapper;\nimport java.io.*;"),
        servlet(NAME + 'response.getWriter().println("<p>" + HtmlUtils.htmlEscape(n));').replace("import java.io.*;", "import org.springframework.web.util.HtmlUtils;\nimport java.io.*;"),
        servlet(NAME + 'response.getWriter().println("<p>" + Encode.forHtml(n) + "</p>");').replace("import java.io.*;", "import org.owasp.encoder.Encode;\nimport java.io.*;"),
        servlet(NAME + "String safe = ESAPI.encoder().encodeForHTML(n);\n        response.getWriter().print(safe);").replace("import java.io.*;", "import org.owasp.esapi.ESAPI;\nimport java.io.*;"),
        servlet(NAME + 'response.setContentType("application/json");\n        response.getWriter().write("{\\"n\\": \\"" + n + "\\"}");'),
        servlet(NAME + 'response.setContentType("text/plain");\n        PrintWriter out = response.getWriter();\n        out.println(n);'),
        servlet('response.getWriter().println("<p>" + request.getParameter("n").length());'),
        servlet('response.getWriter().printf("<p>%d</p>", Long.parseLong(request.getParameter("n")));'),
        spring('@GetMapping("/hi") public Map<String, String> hi(@RequestParam String name) {\n        return Map.of("html", "<b>" + name);\n    }'),
        spring('@GetMapping(value = "/hi", produces = MediaType.APPLICATION_JSON_VALUE) public String hi(@RequestParam String name) {\n        return "{\\"a\\": \\"" + name + "\\"}";\n    }'),
        spring('@GetMapping("/hi") public User hi(@RequestBody User user) {\n        return user;\n    }'),
        plain('void log(PrintWriter out, String name) {\n        out.println("<a> " + name);\n    }', "import java.io.PrintWriter;"),
        spring('@GetMapping("/hi") public String hi(@RequestParam String name, Model model) {\n        model.addAttribute("name", name);\n        return "page";\n    }').replace("@RestController", "@Controller"),
    ),
    "path-traversal": (
        servlet('File f = new File("/data", request.getParameter("f"));\n        if (!f.getCanonicalPath().startsWith("/data/")) { throw new SecurityException(); }\n        new FileInputStream(f).read();'),
        servlet('Path base = Paths.get("/data").toAbsolutePath().normalize();\n        Path p = base.resolve(request.getParameter("f")).normalize();\n        if (!p.startsWith(base)) { response.sendError(400); return; }\n        Files.newInputStream(p);'),
        servlet('String f = FilenameUtils.getName(request.getParameter("f"));\n        Files.readAllBytes(Paths.get("/data", f));').replace("import java.io.*;", "import org.apache.commons.io.FilenameUtils;\nimport java.io.*;"),
        servlet('String f = new File(request.getParameter("f")).getName();\n        new FileReader("/data/" + f).read();'),
        servlet('String f = Paths.get(request.getParameter("f")).getFileName().toString();\n        new FileReader(new File("/data", f)).read();'),
        servlet('UUID id = UUID.fromString(request.getParameter("id"));\n        Files.readString(Paths.get("/data/" + id + ".txt"));'),
        servlet('String f = request.getParameter("f");\n        if (!f.matches("[a-z0-9]+\\\\.txt")) { return; }\n        new FileInputStream("/data/" + f).read();'),
        spring('@PostMapping("/up") public String up(@RequestParam MultipartFile file) throws IOException {\n        Path target = Paths.get("/up").resolve(UUID.randomUUID().toString());\n        Files.copy(file.getInputStream(), target);\n        return "ok";\n    }'),
        servlet('String canonical = new File("/data", request.getParameter("f")).getCanonicalPath();\n        if (canonical.startsWith("/data/")) { new FileInputStream(canonical).read(); }'),
    ),
    "zip-slip": (
        plain("void unzip(ZipInputStream zip, File out) throws IOException {\n        ZipEntry entry;\n        while ((entry = zip.getNextEntry()) != null) {\n            File f = new File(out, entry.getName());\n            if (!f.getCanonicalPath().startsWith(out.getCanonicalPath() + File.separator)) { throw new IOException(); }\n            new FileOutputStream(f).close();\n        }\n    }", "import java.io.*;\nimport java.util.zip.*;"),
        plain("void unzip(ZipInputStream zip, Path out) throws IOException {\n        ZipEntry entry;\n        while ((entry = zip.getNextEntry()) != null) {\n            Path p = out.resolve(entry.getName()).normalize();\n            if (!p.startsWith(out)) { throw new IOException(); }\n            Files.copy(zip, p);\n        }\n    }", "import java.io.*;\nimport java.nio.file.*;\nimport java.util.zip.*;"),
        plain("void list(ZipInputStream zip) throws IOException {\n        ZipEntry entry;\n        while ((entry = zip.getNextEntry()) != null) { System.out.println(entry.getName()); }\n    }", "import java.io.*;\nimport java.util.zip.*;"),
        plain("void unzip(ZipFile zip, File out) throws IOException {\n        Enumeration<? extends ZipEntry> all = zip.entries();\n        while (all.hasMoreElements()) {\n            String name = new File(all.nextElement().getName()).getName();\n            new FileOutputStream(new File(out, name)).close();\n        }\n    }", "import java.io.*;\nimport java.util.*;\nimport java.util.zip.*;"),
    ),
    "unrestricted-upload": (
        spring('@PostMapping("/up") public String up(@RequestParam MultipartFile file) throws IOException {\n        file.transferTo(new File("/up/" + UUID.randomUUID() + ".bin"));\n        return "ok";\n    }'),
        spring('@PostMapping("/up") public String up(@RequestParam MultipartFile file) throws IOException {\n        String name = FilenameUtils.getName(file.getOriginalFilename());\n        if (!name.endsWith(".png")) { throw new IOException(); }\n        file.transferTo(new File("/up", name));\n        return "ok";\n    }').replace("import java.io.*;", "import java.io.*;\nimport org.apache.commons.io.FilenameUtils;"),
        servlet('Part part = request.getPart("f");\n        part.write("/up/upload.bin");'),
        servlet('Part part = request.getPart("f");\n        String name = part.getSubmittedFileName();\n        if (!List.of("a.png", "b.png").contains(name)) { return; }\n        part.write("/up/" + name);'),
    ),
    "server-side-request-forgery": (
        servlet('URI u = URI.create(request.getParameter("u"));\n        if (!HOSTS.contains(String.valueOf(u.getHost()))) { throw new SecurityException(); }\n        u.toURL().openStream();', '    private static final Set<String> HOSTS = Set.of("a.example.com");'),
        servlet('new URL("https://api.example.com/items/" + request.getParameter("id")).openStream();'),
        servlet('String u = request.getParameter("u");\n        if (!u.startsWith("https://api.example.com/")) { return; }\n        new URL(u).openStream();'),
        servlet('URL u = new URL(request.getParameter("u"));\n        if (!HOSTS.contains(u.getHost())) { throw new SecurityException(); }\n        u.openStream();', '    private static final Set<String> HOSTS = Set.of("a.example.com");'),
        spring('@GetMapping("/p") public String p(@RequestParam String id) {\n        return rest.getForObject("https://api.example.com/x/{id}", String.class, id);\n    }', "private final RestTemplate rest = new RestTemplate();"),
        servlet('URI u = URI.create(request.getParameter("u"));\n        String host = u.getHost();\n        if (!"a.example.com".equals(host)) { return; }\n        HttpRequest r = HttpRequest.newBuilder().uri(u).build();').replace("import java.net.*;", "import java.net.*;\nimport java.net.http.*;"),
        servlet('Map<String, String> known = Map.of("a", "https://a.example.com");\n        String u = known.get(request.getParameter("k"));\n        new URL(u).openStream();'),
    ),
    "open-redirect": (
        servlet('response.sendRedirect("/home?x=" + request.getParameter("x"));'),
        servlet('String to = request.getParameter("to");\n        if (!to.startsWith("/") || to.startsWith("//")) { to = "/"; }\n        response.sendRedirect(to);'),
        spring('@GetMapping("/r") public String r(@RequestParam String id) {\n        return "redirect:/items/" + id;\n    }').replace("@RestController", "@Controller"),
        servlet('String to = request.getParameter("to");\n        if (!Set.of("/a", "/b").contains(to)) { to = "/"; }\n        response.sendRedirect(to);'),
        servlet('response.sendRedirect(request.getContextPath() + "/login");'),
    ),
    "header-injection": (
        servlet('response.setHeader("X-Name", request.getParameter("n").replaceAll("[\\\\r\\\\n]", ""));'),
        servlet('response.setHeader("X-Name", URLEncoder.encode(request.getParameter("n"), "UTF-8"));'),
        servlet('response.setHeader("X-Count", String.valueOf(Integer.parseInt(request.getParameter("n"))));'),
        servlet('response.setHeader("Cache-Control", "no-store");'),
        servlet(NAME + 'response.setHeader("X-Name", java.util.regex.Pattern.compile("[\\r\\n]").matcher(n).replaceAll("_"));'),
        servlet(NAME + "if (n.indexOf('\\r') >= 0 || n.indexOf('\\n') != -1) { throw new IllegalArgumentException(); }\n        response.setHeader(\"X-Name\", n);"),
        servlet(NAME + 'if (n.indexOf(13) < 0 && n.indexOf(10) == -1) { response.setHeader("X-Name", n); }'),
        servlet(NAME + 'if (n.contains("\\n") || n.contains("\\r")) { return; }\n        response.setHeader("X-Name", n);'),
        servlet(NAME + 'if (n.chars().noneMatch(c -> c < 0x20 || c == 127)) { response.setHeader("X-Name", n); }'),
        servlet(NAME + 'if (java.util.regex.Pattern.compile("[\\r\\n]").matcher(n).find()) { return; }\n        response.setHeader("X-Name", n);'),
        servlet(NAME + 'if (StringUtils.containsAny(n, "\\r\\n")) { return; }\n        response.setHeader("X-Name", n);'),
        servlet(NAME + "for (char c : n.toCharArray()) { if (c == '\\r' || c == '\\n') { throw new IllegalArgumentException(); } }\n        response.setHeader(\"X-Name\", n);"),
        servlet(NAME + 'ContentDisposition d = ContentDisposition.builder("form-data").name("a").filename(n).build();\n        response.setHeader("Content-Disposition", d.toString());').replace("import java.io.*;", "import org.springframework.http.ContentDisposition;\nimport java.io.*;"),
        servlet(NAME + 'String d = ContentDisposition.attachment().filename(n, StandardCharsets.UTF_8).build().toString();\n        response.setHeader("Content-Disposition", d);').replace("import java.io.*;", "import org.springframework.http.ContentDisposition;\nimport java.io.*;"),
    ),
    "mail-header-injection": (
        servlet('MimeMessage m = new MimeMessage(session);\n        m.setSubject("Hello");\n        m.setText(request.getParameter("t"));').replace("import java.io.*;", "import javax.mail.internet.*;\nimport java.io.*;"),
        servlet('MimeMessage m = new MimeMessage(session);\n        m.setSubject(request.getParameter("s").replaceAll("[\\\\r\\\\n]+", " "));').replace("import java.io.*;", "import javax.mail.internet.*;\nimport java.io.*;"),
        servlet(NAME + 'MimeMessage m = new MimeMessage(session);\n        if (n.matches("[A-Za-z ]{1,40}")) { m.setSubject(n); }').replace("import java.io.*;", "import javax.mail.internet.*;\nimport java.io.*;"),
        spring('@PostMapping("/m") public void m(@RequestParam int number) {\n        SimpleMailMessage m = new SimpleMailMessage();\n        m.setSubject("Order " + number);\n    }').replace("import java.io.*;", "import org.springframework.mail.SimpleMailMessage;"),
    ),
    "log-injection": (
        servlet(NAME + 'log.info("login of {}", n.replaceAll("[\\n\\r]", "_"));', "    private static final Logger log = LoggerFactory.getLogger(View.class);").replace("import java.io.*;", "import org.slf4j.*;\nimport java.io.*;"),
        servlet('log.info("login of {}", Integer.parseInt(request.getParameter("n")));', "    private static final Logger log = LoggerFactory.getLogger(View.class);").replace("import java.io.*;", "import org.slf4j.*;\nimport java.io.*;"),
        servlet(NAME + "String safe = n.replace('\\n', '_').replace('\\r', '_');\n        log.info(\"login of \" + safe);", "    private static final Logger log = LoggerFactory.getLogger(View.class);").replace("import java.io.*;", "import org.slf4j.*;\nimport java.io.*;"),
        plain('void f(String name) {\n        log.info("x " + name);\n    }'),
    ),
    "ldap-injection": (
        servlet(NAME + 'ctx.search("ou=people", "(uid={0})", new Object[]{n}, controls);', "    private DirContext ctx;").replace("import java.io.*;", "import javax.naming.directory.*;\nimport java.io.*;"),
        servlet(NAME + 'String safe = ESAPI.encoder().encodeForLDAP(n);\n        ctx.search("ou=people", "(uid=" + safe + ")", controls);', "    private DirContext ctx;").replace("import java.io.*;", "import javax.naming.directory.*;\nimport org.owasp.esapi.ESAPI;\nimport java.io.*;"),
        spring('@GetMapping("/l") public Object l(@RequestParam String uid) {\n        return ldap.search("", "(uid=" + LdapEncoder.filterEncode(uid) + ")", mapper);\n    }', "@Autowired private LdapTemplate ldap;").replace("import java.io.*;", "import org.springframework.ldap.support.LdapEncoder;"),
        servlet(NAME + 'if (n.matches("[a-z]+")) { ctx.search("o=x", "(cn=" + n + ")", c); }', "    private DirContext ctx;").replace("import java.io.*;", "import javax.naming.directory.*;\nimport java.io.*;"),
    ),
    "xpath-injection": (
        servlet(NAME + 'XPath x = XPathFactory.newInstance().newXPath();\n        x.setXPathVariableResolver(v -> n);\n        x.evaluate("//u[@n=$n]", doc);').replace("import java.io.*;", "import javax.xml.xpath.*;\nimport java.io.*;"),
        servlet('XPath x = XPathFactory.newInstance().newXPath();\n        int i = Integer.parseInt(request.getParameter("i"));\n        x.evaluate("//u[" + i + "]", doc);').replace("import java.io.*;", "import javax.xml.xpath.*;\nimport java.io.*;"),
        servlet(NAME + "if (!n.matches(\"\\\\w+\")) { return; }\n        XPathFactory.newInstance().newXPath().compile(\"//u[@n='\" + n + \"']\");").replace("import java.io.*;", "import javax.xml.xpath.*;\nimport java.io.*;"),
        servlet(NAME + 'rules.evaluate(n);\n        rules.evaluate("score of " + n);'),
    ),
    "nosql-injection": (
        servlet(NAME + 'users.find(new Document("name", n));').replace("import java.io.*;", "import org.bson.Document;\nimport java.io.*;"),
        servlet(NAME + 'users.find(Filters.eq("name", n));').replace("import java.io.*;", "import com.mongodb.client.model.Filters;\nimport java.io.*;"),
        servlet('Document d = Document.parse("{a: 1}");').replace("import java.io.*;", "import org.bson.Document;\nimport java.io.*;"),
        spring('@GetMapping("/n") public Object n(@RequestParam String q) {\n        return mongo.find(Query.query(Criteria.where("name").is(q)), User.class);\n    }'),
    ),
    "unsafe-deserialization": (
        servlet('ObjectInputStream in = new ObjectInputStream(new FileInputStream("state.bin"));\n        in.readObject();'),
        servlet("ObjectInputStream in = new ObjectInputStream(request.getInputStream());\n        in.setObjectInputFilter(filter);\n        in.readObject();"),
        servlet("Object o = new ObjectMapper().readValue(request.getInputStream(), Order.class);").replace("import java.io.*;", "import com.fasterxml.jackson.databind.ObjectMapper;\nimport java.io.*;"),
        servlet('Object o = new Yaml(new Constructor(View.class, new LoaderOptions())).load(request.getParameter("x"));').replace("import java.io.*;", "import org.yaml.snakeyaml.*;\nimport org.yaml.snakeyaml.constructor.Constructor;\nimport java.io.*;"),
        servlet('Object o = new Yaml(new SafeConstructor(new LoaderOptions())).load(request.getParameter("x"));').replace("import java.io.*;", "import org.yaml.snakeyaml.Yaml;\nimport org.yaml.snakeyaml.constructor.SafeConstructor;\nimport java.io.*;"),
        servlet('XStream x = new XStream();\n        x.allowTypes(new Class[]{Order.class});\n        x.fromXML(request.getParameter("x"));').replace("import java.io.*;", "import com.thoughtworks.xstream.XStream;\nimport java.io.*;"),
        servlet('ObjectInputStream in = new ObjectInputStream(request.getInputStream()) {\n            @Override protected Class<?> resolveClass(ObjectStreamClass c) throws IOException, ClassNotFoundException {\n                if (!c.getName().equals("org.example.Order")) { throw new InvalidClassException(c.getName()); }\n                return super.resolveClass(c);\n            }\n        };\n        in.readObject();'),
        plain("private void readObject(ObjectInputStream in) throws Exception {\n        this.list = (List) in.readObject();\n    }", "import java.io.*;\nimport java.util.*;"),
    ),
    "regex-injection": (
        servlet('java.util.regex.Pattern.compile(java.util.regex.Pattern.quote(request.getParameter("p")));'),
        servlet('boolean b = request.getParameter("p").matches("[a-z]+");'),
        servlet('String[] parts = request.getParameter("p").split(",");'),
        plain("boolean f(String pattern, String text) {\n        return text.matches(pattern);\n    }"),
        servlet(NAME + "boolean b = hasher.matches(n, user.getPassword());"),
        servlet(NAME + "boolean b = new BCryptPasswordEncoder(12).matches(n, user.getHash()) || this.encoder().matches(n, old);"),
    ),
    "xml-external-entities": (
        servlet('DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n        f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);\n        f.newDocumentBuilder().parse(request.getInputStream());').replace("import java.io.*;", "import javax.xml.parsers.*;\nimport java.io.*;"),
        servlet("XMLInputFactory f = XMLInputFactory.newInstance();\n        f.setProperty(XMLInputFactory.SUPPORT_DTD, false);\n        f.createXMLStreamReader(request.getReader());").replace("import java.io.*;", "import javax.xml.stream.*;\nimport java.io.*;"),
        servlet('TransformerFactory f = TransformerFactory.newInstance();\n        f.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");\n        f.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");\n        f.newTransformer().transform(new StreamSource(request.getInputStream()), null);').replace("import java.io.*;", "import javax.xml.XMLConstants;\nimport javax.xml.transform.*;\nimport javax.xml.transform.stream.StreamSource;\nimport java.io.*;"),
        servlet('DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n        f.newDocumentBuilder().parse(new File("config.xml"));').replace("import java.io.*;", "import javax.xml.parsers.*;\nimport java.io.*;"),
        servlet('SAXReader r = new SAXReader();\n        r.setFeature("http://xml.org/sax/features/external-general-entities", false);\n        r.read(request.getInputStream());').replace("import java.io.*;", "import org.dom4j.io.SAXReader;\nimport java.io.*;"),
        servlet("DocumentBuilder b = builder();\n        b.parse(request.getInputStream());", "    private DocumentBuilder builder() throws Exception {\n        DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n        f.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);\n        return f.newDocumentBuilder();\n    }").replace("import java.io.*;", "import javax.xml.XMLConstants;\nimport javax.xml.parsers.*;\nimport java.io.*;"),
    ),
    "trust-boundary-violation": (
        servlet('request.getSession().setAttribute("n", 1);'),
        servlet(NAME + 'if (Set.of("de", "en").contains(n)) { request.getSession().setAttribute("lang", n); }'),
        servlet('request.getSession().setAttribute("page", Integer.parseInt(request.getParameter("p")));'),
        servlet(NAME + 'request.setAttribute("n", n);'),
    ),
    "unsafe-reflection": (
        servlet('Class.forName("org.example.Driver");'),
        servlet(NAME + 'Map<String, String> m = Map.of("a", "org.example.A");\n        Class.forName(m.get(n));'),
        servlet(NAME + 'if (!Set.of("a.B", "a.C").contains(n)) { return; }\n        Class.forName(n);'),
        plain("Object load(String name) throws Exception {\n        return Class.forName(name).newInstance();\n    }"),
    ),
    "prompt-injection": (
        spring('@PostMapping("/a") public String a(@RequestParam String q) {\n        return chat.prompt().system("You are kind.").user(q).call().content();\n    }', "private ChatClient chat;").replace("import java.io.*;", "import org.springframework.ai.chat.client.ChatClient;"),
        spring('@PostMapping("/a") public String a(@RequestParam int n) {\n        SystemMessage m = SystemMessage.from("Give " + n + " answers");\n        return "x";\n    }').replace("import java.io.*;", "import dev.langchain4j.data.message.SystemMessage;"),
        servlet(NAME + "Object m = UserMessage.from(n);").replace("import java.io.*;", "import dev.langchain4j.data.message.UserMessage;\nimport java.io.*;"),
        servlet(NAME + 'String role = n.equals("x") ? "a cook" : "a guide";\n        Object m = new SystemMessage("You are " + role);').replace("import java.io.*;", "import org.springframework.ai.chat.messages.SystemMessage;\nimport java.io.*;"),
    ),
    "vector-from-the-program": (
        plain("private byte[] start() { byte[] made = new byte[16];\n        new SecureRandom().nextBytes(made); return made; }\n    Object f() { return new IvParameterSpec(start()); }", "import java.security.*;\nimport javax.crypto.spec.*;"),
        plain("Object f(byte[] message) { return new GCMParameterSpec(128, java.util.Arrays.copyOf(message, 12)); }", "import javax.crypto.spec.*;"),
        plain("private byte[] start() { byte[] made = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};\n        for (int i = 0; i < made.length; i++) { made[i] = next(); } return made; }\n    Object f() { return new IvParameterSpec(start()); }", "import javax.crypto.spec.*;"),
        plain("Object f(Cipher cipher) { return new IvParameterSpec(cipher.getIV()); }", "import javax.crypto.*;\nimport javax.crypto.spec.*;"),
    ),
    "weak-algorithm": (
        plain('private static final String A = "AES/GCM/NoPadding";\n    Cipher f() throws Exception { return Cipher.getInstance(A); }', "import javax.crypto.Cipher;"),
        plain('private static final boolean OLD = false;\n    Cipher f() throws Exception {\n        String name = OLD ? "DES" : "AES/GCM/NoPadding";\n        return Cipher.getInstance(name);\n    }', "import javax.crypto.Cipher;"),
        plain("Cipher f(String name) throws Exception { return Cipher.getInstance(name); }", "import javax.crypto.Cipher;"),
        plain('private static final String A = "AES";\n    SecretKey f() throws Exception { return KeyGenerator.getInstance(A).generateKey(); }', "import javax.crypto.*;"),
        plain('private static final java.util.Map<Integer, String> NAMES = java.util.Map.of(1, "DES", 2, "AES/GCM/NoPadding");\n    Cipher f() throws Exception { return Cipher.getInstance(NAMES.get(2)); }', "import javax.crypto.Cipher;"),
    ),
}  # fmt: skip
