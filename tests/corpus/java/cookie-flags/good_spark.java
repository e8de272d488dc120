import spark.Request;
import spark.Response;

public class Visits {
    Object f(Request req, Response res) {
        res.cookie("/", "session", next(), 3600, true, true);
        return "";
    }
}
