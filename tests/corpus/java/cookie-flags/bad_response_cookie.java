import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;

public class TokenController {
    public ResponseEntity<Void> token(String value) {
        ResponseCookie cookie =
            ResponseCookie.from("session", value).httpOnly(false).secure(false).path("/").build(); // expect: CWE-614|CWE-1004
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
    }
}
