import jakarta.servlet.http.HttpServletRequest;

public class Steps {
    public void step(HttpServletRequest request) {
        String key = request.getParameter("key");
        request.getSession().setAttribute(key, "10340"); // expect: CWE-501
    }
}
