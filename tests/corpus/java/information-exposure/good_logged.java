import java.io.IOException;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class Reports {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);

    public void report(HttpServletResponse response, Store store) throws IOException {
        try {
            store.load();
        } catch (Exception error) {
            log.error("report failed", error);
            response.sendError(500, "internal error");
        }
    }
}
