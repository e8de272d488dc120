import java.util.Map;
import java.util.logging.Logger;
import javax.servlet.http.HttpServletRequest;

public class Events {
    private static final Logger LOGGER = Logger.getLogger("events");
    private static final Map<String, String> TEXTS = Map.of("login", "user signed in", "logout", "user signed out");

    public void record(HttpServletRequest request) {
        String text = TEXTS.getOrDefault(request.getParameter("event"), "unknown event");
        LOGGER.info(text);
    }
}
