import java.util.concurrent.ThreadLocalRandom;

public class ApiKeys {
    public String newApiKey() {
        byte[] key = new byte[24];
        ThreadLocalRandom.current().nextBytes(key); // expect: CWE-330
        return "sk_" + java.util.Base64.getUrlEncoder().encodeToString(key);
    }
}
