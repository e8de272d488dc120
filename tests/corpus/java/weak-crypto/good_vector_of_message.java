package com.example.app;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

public class TokenCrypto {
    public byte[] open(SecretKey key, byte[] message) throws Exception {
        byte[] nonce = Arrays.copyOf(message, 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(message, 12, message.length - 12);
    }
}
