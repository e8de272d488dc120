import javax.servlet.http.HttpServletRequest;

public class Profiles {
    public void update(User user, HttpServletRequest request) {
        user.setName(request.getParameter("name"));
        user.setCity(request.getParameter("city"));
    }
}
