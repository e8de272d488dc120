import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class SearchController {
    private final MongoDatabase database;

    public SearchController(MongoDatabase database) {
        this.database = database;
    }

    @PostMapping("/search")
    public long count(@RequestBody String filter) {
        return database.getCollection("items").countDocuments(Document.parse(filter)); // expect: CWE-943
    }
}
