import java.util.Set;
import javax.servlet.http.HttpServletRequest;

public class Languages {
    private static final Set<String> KNOWN = Set.of("de", "en");

    public void choose(HttpServletRequest request) {
        String language = request.getParameter("language");
        if (KNOWN.contains(language)) {
            request.getSession().setAttribute("language", language);
        }
    }
}
