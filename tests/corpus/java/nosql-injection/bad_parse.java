import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderController {
    private final MongoCollection<Document> orders;

    public OrderController(MongoCollection<Document> orders) {
        this.orders = orders;
    }

    @GetMapping("/orders")
    public Document first(@RequestParam String status) {
        Document filter = Document.parse("{\"status\": \"" + status + "\"}"); // expect: CWE-943
        return orders.find(filter).first(); // expect: CWE-943
    }
}
