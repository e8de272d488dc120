import com.mongodb.BasicDBObject;
import com.mongodb.client.MongoCollection;
import javax.servlet.http.HttpServletRequest;
import org.bson.Document;

public class Customers {
    public Document find(MongoCollection<Document> customers, HttpServletRequest request) {
        String name = request.getParameter("name");
        BasicDBObject query = new BasicDBObject("$where", "this.name == '" + name + "'");
        return customers.find(query).first(); // expect: CWE-943
    }
}
