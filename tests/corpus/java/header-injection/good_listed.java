import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Theme {
    public void apply(HttpServletRequest request, HttpServletResponse response) {
        String theme = "dark".equals(request.getParameter("theme")) ? "dark" : "light";
        response.addHeader("X-Theme", theme);
    }
}
