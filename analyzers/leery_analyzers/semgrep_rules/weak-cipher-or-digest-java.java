import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;

class Crypto {
    byte[] password(String größe) throws GeneralSecurityException {
        // ruleid: weak-cipher-or-digest-java
        return /* größe */ MessageDigest.getInstance("MD5").digest(größe.getBytes());
    }

    Cipher blocks() throws GeneralSecurityException {
        // ruleid: weak-cipher-or-digest-java
        return Cipher.getInstance("AES/ECB/PKCS5Padding");
    }

    Cipher defaultMode() throws GeneralSecurityException {
        // ruleid: weak-cipher-or-digest-java
        return Cipher.getInstance("AES");
    }

    Cipher old() throws GeneralSecurityException {
        String name = "DESede/CBC/PKCS5Padding";
        // ruleid: weak-cipher-or-digest-java
        return Cipher.getInstance(name);
    }

    Cipher authenticated() throws GeneralSecurityException {
        // ok: weak-cipher-or-digest-java
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    MessageDigest strong() throws GeneralSecurityException {
        // ok: weak-cipher-or-digest-java
        return MessageDigest.getInstance("SHA-256");
    }

    Cipher rsa() throws GeneralSecurityException {
        // ok: weak-cipher-or-digest-java
        return Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    }

    KeyGenerator key() throws GeneralSecurityException {
        // ok: weak-cipher-or-digest-java
        return KeyGenerator.getInstance("AES");
    }
}
