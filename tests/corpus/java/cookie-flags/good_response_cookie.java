import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;

public class TokenController {
    public ResponseEntity<Void> token(String value) {
        ResponseCookie cookie =
            ResponseCookie.from("session", value).httpOnly(true).secure(true).sameSite("Strict").build();
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
    }
}
