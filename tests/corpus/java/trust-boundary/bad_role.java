import javax.servlet.http.HttpServletRequest;

public class Settings {
    public void save(HttpServletRequest request) {
        String role = request.getParameter("role"); // source
        request.getSession().setAttribute("role", role); // expect: CWE-501
    }
}
