import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class BannerServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("title", "Welcome");
        values.put("query", request.getParameter("q"));
        String title = (String) values.get("title");
        response.setContentType("text/html");
        response.getWriter().println("<h1>" + title + "</h1>");
    }
}
