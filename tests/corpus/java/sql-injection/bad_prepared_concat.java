import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.servlet.http.HttpServletRequest;

public class UserDao {
    private final Connection connection;

    public UserDao(Connection connection) {
        this.connection = connection;
    }

    public int deactivate(HttpServletRequest request) throws SQLException {
        String email = request.getParameter("email");
        PreparedStatement statement =
            connection.prepareStatement("UPDATE users SET active = 0 WHERE email = '" + email + "'"); // expect: CWE-89
        return statement.executeUpdate();
    }
}
