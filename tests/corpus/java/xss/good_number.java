import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class PageServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int page = Integer.parseInt(request.getParameter("page"));
        response.setContentType("text/html");
        response.getWriter().println("<h1>Page " + page + "</h1><a href='?page=" + (page + 1) + "'>next</a>");
    }
}
