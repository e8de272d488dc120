import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

class Users {
    private static final String TABLE = "users";

    ResultSet byName(Statement statement, String name) throws SQLException {
        // ruleid: string-built-sql-java
        return statement.executeQuery("SELECT * FROM users WHERE größe = '" + name + "'");
    }

    int remove(Connection connection, String id) throws SQLException {
        String sql = String.format("DELETE FROM sessions WHERE id = '%s'", id);
        // ruleid: string-built-sql-java
        return connection.createStatement().executeUpdate(sql);
    }

    PreparedStatement prepared(Connection connection, String column) throws SQLException {
        // ruleid: string-built-sql-java
        return connection.prepareStatement("SELECT * FROM users ORDER BY " + column);
    }

    List<?> jpa(jakarta.persistence.EntityManager manager, String mail) {
        // ruleid: string-built-sql-java
        return manager.createQuery("from User u where u.mail = '" + mail + "'").getResultList();
    }

    ResultSet parameters(Connection connection, String name) throws SQLException {
        // ok: string-built-sql-java
        PreparedStatement statement = connection.prepareStatement("SELECT * FROM users WHERE name = ?");
        statement.setString(1, name);
        return statement.executeQuery();
    }

    PreparedStatement constantTable(Connection connection) throws SQLException {
        // ok: string-built-sql-java
        return connection.prepareStatement("SELECT * FROM " + TABLE + " WHERE name = ?");
    }

    PreparedStatement list(Connection connection, List<String> ids) throws SQLException {
        String placeholders = String.join(", ", Collections.nCopies(ids.size(), "?"));
        // ok: string-built-sql-java
        return connection.prepareStatement("SELECT * FROM users WHERE id IN (" + placeholders + ")");
    }

    ResultSet number(Statement statement, String page) throws SQLException {
        // ok: string-built-sql-java
        return statement.executeQuery("SELECT * FROM users LIMIT 20 OFFSET " + Integer.parseInt(page));
    }

    void notSql(java.util.concurrent.Executor executor, String name) {
        // ok: string-built-sql-java
        executor.execute(() -> System.out.println("update " + name));
    }
}
