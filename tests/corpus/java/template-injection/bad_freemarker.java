import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;

public class MailPreview {
    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);

    public String preview(HttpServletRequest request) throws Exception {
        String body = request.getParameter("body");
        Template template = new Template("mail", new StringReader(body), configuration); // expect: CWE-1336|CWE-94
        StringWriter out = new StringWriter();
        template.process(Map.of("user", "demo"), out);
        return out.toString();
    }
}
