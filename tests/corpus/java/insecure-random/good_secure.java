import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;

public class Tokens {
    private final Random random = new SecureRandom();

    public String newToken() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
