import javax.servlet.http.HttpServletRequest;

public class Login {
    private final Users users = new Users();

    public boolean login(HttpServletRequest request) {
        User user = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        if (user == null) {
            return false;
        }
        request.changeSessionId();
        request.getSession().setAttribute("user", user);
        return true;
    }
}
