import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Tags {
    public void apply(HttpServletRequest request, HttpServletResponse response) {
        String tag = request.getParameter("tag").replaceAll("[^A-Za-z0-9-]", "");
        response.setHeader("X-Tag", tag);
    }
}
