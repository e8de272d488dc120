import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

public class Cart {
    public void count(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Integer views = (Integer) session.getAttribute("views");
        session.setAttribute("views", views == null ? 1 : views + 1);
    }
}
