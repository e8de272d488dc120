import java.util.List;
import javax.servlet.http.HttpServletRequest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.BasicQuery;

public class Users {
    private final MongoTemplate mongo;

    public Users(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    public List<User> search(HttpServletRequest request) {
        BasicQuery query = new BasicQuery("{ email: '" + request.getParameter("email") + "' }"); // expect: CWE-943
        return mongo.find(query, User.class); // expect: CWE-943
    }
}
