import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

public class Export {
    public static void main(String[] args) throws Exception {
        String table = args[0];
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT * FROM " + table); // expect: CWE-89
            while (rows.next()) {
                System.out.println(rows.getString(1));
            }
        }
    }
}
