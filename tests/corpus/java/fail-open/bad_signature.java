import java.security.PublicKey;
import java.security.Signature;

public class Signatures {
    public boolean verify(PublicKey key, byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (Exception error) {
            System.err.println("could not verify");
            return true; // expect: CWE-636
        }
    }
}
