import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

public class Login {
    private final Users users = new Users();

    public void login(HttpServletRequest request) {
        User user = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        HttpSession old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        request.getSession(true).setAttribute("user", user);
    }
}
