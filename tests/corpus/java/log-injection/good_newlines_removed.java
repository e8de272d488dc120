import javax.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    public void record(HttpServletRequest request) {
        String user = request.getParameter("user").replaceAll("[\r\n]", "_");
        log.info("login of {}", user);
    }
}
