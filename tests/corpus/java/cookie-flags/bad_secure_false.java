import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;

public class RememberMe {
    public void remember(HttpServletResponse response, String token) {
        Cookie cookie = new Cookie("rememberMe", token);
        cookie.setSecure(false); // expect: CWE-614
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }
}
