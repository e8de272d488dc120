import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

public class Login {
    private final Users users = new Users();

    public boolean login(HttpServletRequest request) {
        User user = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        if (user == null) {
            return false;
        }
        HttpSession session = request.getSession();
        session.setAttribute("user", user); // expect: CWE-384
        return true;
    }
}
