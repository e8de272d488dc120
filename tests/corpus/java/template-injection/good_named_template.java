import freemarker.template.Configuration;
import java.io.StringWriter;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;

public class Mail {
    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);

    public String render(HttpServletRequest request) throws Exception {
        StringWriter out = new StringWriter();
        configuration.getTemplate("mail.ftlh").process(Map.of("name", request.getParameter("name")), out);
        return out.toString();
    }
}
