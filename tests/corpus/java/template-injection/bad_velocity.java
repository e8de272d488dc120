import java.io.StringWriter;
import javax.servlet.http.HttpServletRequest;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.Velocity;

public class Banner {
    public String render(HttpServletRequest request) {
        StringWriter out = new StringWriter();
        String source = "Hello " + request.getParameter("name");
        Velocity.evaluate(new VelocityContext(), out, "banner", source); // expect: CWE-1336|CWE-94
        return out.toString();
    }
}
