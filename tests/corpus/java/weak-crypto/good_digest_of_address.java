import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.security.crypto.password.PasswordEncoder;

public class Accounts {
    private final Store store;
    private final PasswordEncoder encoder;

    public Accounts(Store store, PasswordEncoder encoder) {
        this.store = store;
        this.encoder = encoder;
    }

    public void register(String email, String password) throws NoSuchAlgorithmException {
        store.insert(email, sha256(email.trim()), encoder.encode(password));
    }

    private static String sha256(String value) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    }
}
