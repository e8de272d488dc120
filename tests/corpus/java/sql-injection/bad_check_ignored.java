import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.servlet.http.HttpServletRequest;

public class Berths {
    private static boolean isValid(String harbour) {
        return harbour.length() > 2 && !harbour.startsWith("-");
    }

    public ResultSet of(HttpServletRequest request, Connection connection) throws SQLException {
        String harbour = request.getParameter("harbour").trim();
        if (!isValid(harbour)) {
            throw new SQLException("no harbour");
        }
        Statement statement = connection.createStatement();
        return statement.executeQuery("SELECT * FROM berth WHERE harbour = '" + harbour + "'"); // expect: CWE-89
    }
}
