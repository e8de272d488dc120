import javax.servlet.http.HttpServletRequest;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

public class Audit {
    private static final Logger LOGGER = LogManager.getLogger(Audit.class);

    public void record(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        LOGGER.info("request by {}", agent); // expect: CWE-117
    }
}
