import javax.crypto.Cipher;
import javax.crypto.SecretKey;

public class Box {
    public byte[] seal(SecretKey key, byte[] text) throws Exception {
        Cipher cipher = Cipher.getInstance("DES/CBC/PKCS5Padding"); // expect: CWE-327
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(text);
    }
}
