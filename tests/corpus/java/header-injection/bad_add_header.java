import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Theme {
    public void apply(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("X-Theme", request.getParameter("theme")); // expect: CWE-113
    }
}
