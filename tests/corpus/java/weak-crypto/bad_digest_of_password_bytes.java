import java.util.Base64;
import java.security.MessageDigest;
import java.nio.charset.StandardCharsets;

public class Accounts {
    String f(String password) throws Exception {
        MessageDigest md = MessageDigest.getInstance("SHA-256"); // expect: CWE-916
        var bytes = password.getBytes(StandardCharsets.UTF_8);
        byte[] h = md.digest(bytes); // expect: CWE-916
        return Base64.getEncoder().encodeToString(h);
    }
}
