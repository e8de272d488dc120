import javax.servlet.http.HttpServletRequest;

public class Consent {
    public void save(HttpServletRequest request) {
        boolean consent = Boolean.parseBoolean(request.getParameter("consent"));
        request.getSession().setAttribute("consent", consent);
        request.setAttribute("note", request.getParameter("note"));
    }
}
