import javax.servlet.http.HttpServletRequest;

public class Login {
    private final Users users = new Users();

    public void login(HttpServletRequest request) {
        User user = users.authenticate(request.getParameter("name"), request.getParameter("password"));
        request.changeSessionId();
        request.getSession().setAttribute("role", user.role());
    }
}
