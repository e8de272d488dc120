import java.text.MessageFormat;
import javax.servlet.http.HttpServletRequest;

public class Greeting {
    public String text(HttpServletRequest request) {
        return MessageFormat.format("Hello {0}, you have {1} messages", request.getParameter("name"), 3);
    }
}
