import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

public class Tenants {
    public void choose(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        session.putValue("tenant", request.getHeader("X-Tenant")); // expect: CWE-501
    }
}
