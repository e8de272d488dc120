import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

public class Echo {
    void f(HttpExchange ex) throws IOException {
        String q = ex.getRequestURI().getQuery();
        String html = "<html><body>" + q + "</body></html>";
        ex.getResponseHeaders().set("Content-Type", "text/html");
        ex.sendResponseHeaders(200, html.length());
        ex.getResponseBody().write(html.getBytes()); // expect: CWE-79
    }
}
