import java.io.StringWriter;
import javax.servlet.http.HttpServletRequest;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.Velocity;

public class Banner {
    private static final String SOURCE = "Hello $name";

    public String render(HttpServletRequest request) {
        VelocityContext context = new VelocityContext();
        context.put("name", request.getParameter("name"));
        StringWriter out = new StringWriter();
        Velocity.evaluate(context, out, "banner", SOURCE);
        return out.toString();
    }
}
