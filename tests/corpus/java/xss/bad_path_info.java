import java.io.IOException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

public class NotFoundServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder page = new StringBuilder("<p>No page ");
        page.append(request.getHeader("Referer"));
        page.append("</p>");
        response.setContentType("text/html");
        response.getWriter().write(page.toString()); // expect: CWE-79
    }
}
