import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;

public class TokenVerifier {
    public DecodedJWT verify(String token) {
        Algorithm algorithm = Algorithm.none(); // expect: CWE-347|CWE-327
        return JWT.require(algorithm).build().verify(token);
    }
}
