import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.servlet.http.HttpServletRequest;

public class ReportDao {
    public void run(Connection connection, HttpServletRequest request) throws SQLException {
        String param = request.getParameter("region");
        int num = 86;
        String region;
        if ((7 * 42) - num > 200) {
            region = "EU";
        } else {
            region = param;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT total FROM sales WHERE region = '" + region + "'");
        }
    }
}
