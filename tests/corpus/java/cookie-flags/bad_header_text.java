import jakarta.servlet.http.HttpServletResponse;

public class Sessions {
    void f(HttpServletResponse r, String token) {
        r.setHeader("Set-Cookie", "session=" + token + "; Path=/; HttpOnly"); // expect: CWE-614
    }
}
