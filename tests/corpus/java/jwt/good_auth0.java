import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;

public class TokenVerifier {
    private final Algorithm algorithm = Algorithm.HMAC256(System.getenv("JWT_SECRET"));

    public String user(String token) {
        DecodedJWT jwt = JWT.require(algorithm).withIssuer("shop").build().verify(token);
        return jwt.getSubject();
    }
}
