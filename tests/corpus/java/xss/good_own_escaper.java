import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class RecipePage extends HttpServlet {
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            if (here == '<') {
                out.append("&lt;");
            } else if (here == '&') {
                out.append("&amp;");
            } else if (here == '"' || here == '\'') {
                out.append("&#").append((int) here).append(';');
            } else {
                out.append(here);
            }
        }
        return out.toString();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        String dish = escaped(request.getParameter("dish"));
        response.getWriter().println("<h1 title='" + dish + "'>" + dish + "</h1>");
    }
}
