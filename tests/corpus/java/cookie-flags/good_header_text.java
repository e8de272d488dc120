import jakarta.servlet.http.HttpServletResponse;

public class Sessions {
    void f(HttpServletResponse r, String token) {
        r.setHeader("Set-Cookie", "session=" + token + "; Path=/; HttpOnly; Secure; SameSite=Lax");
    }
}
