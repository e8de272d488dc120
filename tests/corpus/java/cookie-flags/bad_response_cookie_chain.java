import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseCookie;

public class Tickets {
    void f(HttpServletResponse r, String token) {
        ResponseCookie c = ResponseCookie.from("token", token).httpOnly(true).path("/").build(); // expect: CWE-614
        r.addHeader("Set-Cookie", c.toString());
    }
}
