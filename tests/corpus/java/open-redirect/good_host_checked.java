import java.io.IOException;
import java.net.URI;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Out {
    public void out(HttpServletRequest request, HttpServletResponse response) throws IOException {
        URI target = URI.create(request.getParameter("to"));
        if (!"https".equals(target.getScheme()) || !"shop.example.com".equals(target.getHost())) {
            response.sendError(400);
            return;
        }
        response.sendRedirect(target.toString());
    }
}
