package com.example.app;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Crypto {
    public static byte[] encrypt(byte[] key, byte[] data) throws GeneralSecurityException {
        SecretKeySpec spec = new SecretKeySpec(key, "AES");
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(key)); // expect: CWE-329
        return cipher.doFinal(data);
    }
}
