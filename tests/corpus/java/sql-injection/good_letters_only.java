import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.servlet.http.HttpServletRequest;

public class Berths {
    private static void requireLetters(String text) {
        for (char c : text.toCharArray()) {
            if (!Character.isLetter(c)) {
                throw new IllegalArgumentException("letters only");
            }
        }
    }

    public ResultSet of(HttpServletRequest request, Connection connection) throws SQLException {
        String harbour = request.getParameter("harbour").trim();
        requireLetters(harbour);
        return connection.createStatement().executeQuery("SELECT * FROM berth WHERE harbour = '" + harbour + "'");
    }
}
