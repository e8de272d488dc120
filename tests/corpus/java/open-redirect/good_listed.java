import java.io.IOException;
import java.util.List;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Continue {
    private static final List<String> PAGES = List.of("/home", "/orders");

    public void proceed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next");
        if (!PAGES.contains(next)) {
            next = "/home";
        }
        response.sendRedirect(next);
    }
}
