import spark.Request;
import spark.Response;

public class Login {
    Object f(Request req, Response res) {
        req.session().attribute("user", req.queryParams("user")); // expect: CWE-501
        return "";
    }
}
