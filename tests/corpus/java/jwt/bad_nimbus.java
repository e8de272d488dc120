import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

public class Claims {
    public boolean isAdmin(String token) throws ParseException {
        SignedJWT jwt = SignedJWT.parse(token); // expect: CWE-347
        return "admin".equals(jwt.getJWTClaimsSet().getStringClaim("role"));
    }
}
