import jakarta.servlet.http.HttpServletResponse;

public class HeaderSessions {
    void f(HttpServletResponse r, String token) {
        r.setHeader("Set-Cookie", new StringBuilder().append("session=").append(token).append("; Path=/; HttpOnly").toString()); // expect: CWE-614
    }
}
