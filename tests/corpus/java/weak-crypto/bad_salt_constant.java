package com.example.app;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public class Kdf {
    private static final String SALT = "acme-salt";
    private static final int ROUNDS = 310_000;
    public SecretKey derive(char[] password) throws Exception {
        KeySpec spec = new PBEKeySpec(password, SALT.getBytes(StandardCharsets.UTF_8), ROUNDS, 256); // expect: CWE-760
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
    }
}
