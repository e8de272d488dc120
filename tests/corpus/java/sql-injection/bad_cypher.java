import org.neo4j.driver.Driver;
import jakarta.servlet.http.HttpServletRequest;

public class Graph {
    void f(Driver driver, HttpServletRequest request) {
        try (org.neo4j.driver.Session session = driver.session()) {
            session.run("MATCH (n:User {name: '" + request.getParameter("n") + "'}) RETURN n"); // expect: CWE-89
        }
    }
}
