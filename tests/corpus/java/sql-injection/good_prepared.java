import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.servlet.http.HttpServletRequest;

public class UserDao {
    private final Connection connection;

    public UserDao(Connection connection) {
        this.connection = connection;
    }

    public boolean exists(HttpServletRequest request) throws SQLException {
        String sql = "SELECT id FROM users WHERE name = ? AND tenant = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, request.getParameter("name"));
            statement.setInt(2, Integer.parseInt(request.getParameter("tenant")));
            ResultSet rows = statement.executeQuery();
            return rows.next();
        }
    }
}
