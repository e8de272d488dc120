package com.example.app;

import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

public class FileCipher {
    private static byte[] iv() {
        byte[] value = new byte[16];
        new SecureRandom().nextBytes(value);
        return value;
    }
    public byte[] encrypt(SecretKey key, byte[] data) throws Exception {
        Cipher c = Cipher.getInstance("AES/CBC/PKCS5Padding");
        c.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv()));
        return join(c.getIV(), c.doFinal(data));
    }
}
