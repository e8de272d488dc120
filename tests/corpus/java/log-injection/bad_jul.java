import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.http.HttpServletRequest;

public class Search {
    private static final Logger LOGGER = Logger.getLogger("search");

    public void search(HttpServletRequest request) {
        String term = request.getParameter("q");
        LOGGER.log(Level.INFO, String.format("search for %s", term)); // expect: CWE-117
    }
}
