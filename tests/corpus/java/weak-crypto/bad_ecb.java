import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

public class Tokens {
    private static final String MODE = "AES/ECB/PKCS5Padding"; // expect: CWE-327

    public byte[] encrypt(byte[] key, byte[] text) throws Exception {
        Cipher cipher = Cipher.getInstance(MODE); // expect: CWE-327
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return cipher.doFinal(text);
    }
}
