import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;

public class Sessions {
    public void start(HttpServletResponse response, String token) {
        Cookie cookie = new Cookie("session", token);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        response.addCookie(cookie);
    }
}
