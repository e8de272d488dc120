import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import javax.servlet.http.HttpServletRequest;
import org.bson.Document;

public class Customers {
    public Document find(MongoCollection<Document> customers, HttpServletRequest request) {
        return customers.find(eq("name", request.getParameter("name"))).first();
    }
}
