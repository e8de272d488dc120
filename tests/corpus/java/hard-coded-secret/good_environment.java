import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

public class Database {
    private static final String PASSWORD_VARIABLE = "DB_PASSWORD";

    public static Connection open() throws SQLException {
        String password = System.getenv(PASSWORD_VARIABLE);
        if (password == null) {
            throw new IllegalStateException(PASSWORD_VARIABLE + " is not set");
        }
        return DriverManager.getConnection(System.getenv("DB_URL"), "orders", password);
    }
}
