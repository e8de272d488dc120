import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Language {
    public void set(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(302);
        response.setHeader("Location", request.getParameter("returnTo")); // expect: CWE-601|CWE-113
    }
}
