import java.util.Random;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;

public class RememberMe {
    public void remember(HttpServletResponse response) {
        String rememberMeKey = Long.toHexString(new Random().nextLong()); // expect: CWE-330
        Cookie cookie = new Cookie("rememberMe", rememberMeKey);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
    }
}
