import java.io.IOException;
import java.sql.SQLException;
import javax.servlet.http.HttpServletResponse;

public class Reports {
    public void report(HttpServletResponse response, Store store) throws IOException {
        try {
            store.load();
        } catch (SQLException error) {
            response.sendError(500, new StringBuilder().append("database: ").append(error.getMessage()).toString()); // expect: CWE-209
        }
    }
}
