import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

public class Claims {
    public boolean isAdmin(String token) throws ParseException {
        SignedJWT jwt = SignedJWT.parse(token);
        return "admin".equals(jwt.getJWTClaimsSet().getStringClaim("role")); // expect: CWE-347
    }
}
