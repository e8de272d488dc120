import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

public class Digests {
    private static final String ALGORITHM = "SHA-256";

    public byte[] digest(byte[] data) throws NoSuchAlgorithmException {
        KeyPairGenerator.getInstance("RSA").initialize(3072);
        return MessageDigest.getInstance(ALGORITHM).digest(data);
    }
}
