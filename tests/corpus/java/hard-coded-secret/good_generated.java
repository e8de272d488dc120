import java.security.SecureRandom;
import java.util.Base64;

public class Keys {
    private static final String ALGORITHM = "AES";

    public String newApiKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        String apiKey = Base64.getUrlEncoder().encodeToString(bytes);
        return apiKey;
    }

    public String algorithm() {
        return ALGORITHM;
    }
}
