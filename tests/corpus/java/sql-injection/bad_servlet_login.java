import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;

public class LoginServlet extends HttpServlet {
    private DataSource dataSource;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String user = request.getParameter("user"); // source
        String query = "SELECT id FROM users WHERE name = '" + user + "'";
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(query); // expect: CWE-89 @ query
            response.setStatus(rows.next() ? 200 : 401);
        } catch (SQLException error) {
            throw new ServletException("login failed");
        }
    }
}
