package com.example.app;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

public class TokenCrypto {
    public byte[] seal(SecretKey key, byte[] data) throws Exception {
        byte[] nonce = Arrays.copyOf(key.getEncoded(), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce)); // expect: CWE-329
        return cipher.doFinal(data);
    }
}
