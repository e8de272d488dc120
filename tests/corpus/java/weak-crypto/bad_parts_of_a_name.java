import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;

public class Envelope {
    private static final String CIPHER = "AES";

    private static String mode() {
        return "ECB";
    }

    public byte[] seal(Key key, byte[] letter) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER + "/" + mode() + "/PKCS5Padding"); // expect: CWE-327
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(letter);
    }
}
