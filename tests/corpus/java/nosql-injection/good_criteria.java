import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

public class Users {
    private final MongoTemplate mongo;

    public Users(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    public List<User> search(String email) {
        return mongo.find(Query.query(Criteria.where("email").is(email)), User.class);
    }
}
