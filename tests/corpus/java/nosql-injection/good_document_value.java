import com.mongodb.client.MongoCollection;
import javax.servlet.http.HttpServletRequest;
import org.bson.Document;

public class Products {
    public Document find(MongoCollection<Document> products, HttpServletRequest request) {
        Document filter = new Document("category", request.getParameter("category"));
        return products.find(filter).first();
    }
}
