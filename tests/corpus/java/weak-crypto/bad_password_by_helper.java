import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

public class Accounts {
    private final Store store;

    public Accounts(Store store) {
        this.store = store;
    }

    public void register(String email, String password) throws NoSuchAlgorithmException {
        store.insert(email, sha256(email.trim()), sha256(password)); // expect: CWE-916
    }

    private static String sha256(String value) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    }
}
