import java.util.UUID;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Paging {
    public void apply(HttpServletRequest request, HttpServletResponse response) {
        int page = Integer.parseInt(request.getParameter("page"));
        response.setHeader("X-Page", String.valueOf(page));
        response.setHeader("X-Request-Id", UUID.randomUUID().toString());
    }
}
