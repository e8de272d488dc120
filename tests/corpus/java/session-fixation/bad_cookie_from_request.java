import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Sessions {
    public void login(HttpServletRequest request, HttpServletResponse response) {
        String sid = request.getParameter("sid");
        Store.put(sid, request.getParameter("name"));
        Cookie cookie = new Cookie("sid", sid);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        response.addCookie(cookie); // expect: CWE-384
    }
}
