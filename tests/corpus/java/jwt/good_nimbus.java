import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;

public class Claims {
    public boolean isAdmin(String token, RSAPublicKey key) throws ParseException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(token);
        if (!jwt.verify(new RSASSAVerifier(key))) {
            return false;
        }
        return "admin".equals(jwt.getJWTClaimsSet().getStringClaim("role"));
    }
}
