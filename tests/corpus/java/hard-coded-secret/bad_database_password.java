import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

public class Database {
    private static final String URL = "jdbc:postgresql://db.internal.example.com/orders";
    private static final String USER = "orders";
    private static final String PASSWORD = "S7r0ngPa55!"; // expect: CWE-798

    public static Connection open() throws SQLException {
        return DriverManager.getConnection(URL, USER, PASSWORD);
    }
}
