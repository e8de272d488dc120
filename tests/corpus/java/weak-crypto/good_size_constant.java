package com.example.app;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

public class RsaKeys {
    private static final int KEY_SIZE = 256;
    public KeyPair generate() throws NoSuchAlgorithmException {
        KeyPairGenerator gen = KeyPairGenerator.getInstance("EC");
        gen.initialize(KEY_SIZE);
        return gen.generateKeyPair();
    }
}
