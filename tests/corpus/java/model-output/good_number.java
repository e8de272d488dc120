import dev.langchain4j.model.chat.ChatLanguageModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

public class Ratings {
    public void store(ChatLanguageModel model, Connection connection, String text) throws SQLException {
        int rating = Integer.parseInt(model.generate("Rate from 1 to 5: " + text).trim());
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO ratings (value) VALUES (" + rating + ")");
        }
    }
}
