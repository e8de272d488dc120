import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpServletRequest;

public class AuditDao {
    public void run(Connection connection, HttpServletRequest request) throws SQLException {
        List<String> values = new ArrayList<>();
        values.add("login");
        values.add(request.getParameter("action"));
        values.add("logout");
        String action = values.get(0);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO audit (action) VALUES ('" + action + "')");
        }
    }
}
