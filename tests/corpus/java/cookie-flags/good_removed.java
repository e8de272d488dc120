import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;

public class Logout {
    public void logout(HttpServletResponse response) {
        Cookie cookie = new Cookie("session", "");
        cookie.setMaxAge(0);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }
}
