import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;

public class Sessions {
    public void start(HttpServletResponse response, String token) {
        Cookie cookie = new Cookie("session", token); // expect: CWE-614|CWE-1004
        cookie.setPath("/");
        response.addCookie(cookie); // expect: CWE-614|CWE-1004
    }
}
