import java.sql.Connection;
import java.sql.DriverManager;

public class Reports {
    Connection f() throws Exception {
        return DriverManager.getConnection("jdbc:sqlserver://db:1433;encrypt=true;trustServerCertificate=true", "u", System.getenv("P")); // expect: CWE-295
    }
}
