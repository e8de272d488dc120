import com.mongodb.client.MongoCollection;
import org.bson.Document;

public class Reports {
    private static final String ACTIVE = "{\"active\": true}";

    public long active(MongoCollection<Document> users) {
        return users.countDocuments(Document.parse(ACTIVE));
    }
}
