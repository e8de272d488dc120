import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;

public class AuthCookies {
    public void issue(HttpServletResponse response, String jwt) {
        Cookie cookie = new Cookie("access_token", jwt);
        cookie.setSecure(true);
        cookie.setHttpOnly(false); // expect: CWE-1004|CWE-614
        response.addCookie(cookie);
    }
}
