package com.example.app;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

public class RsaKeys {
    private static final int KEY_SIZE = 1024;
    public KeyPair generate() throws NoSuchAlgorithmException {
        KeyPairGenerator gen = KeyPairGenerator.getInstance("RSA");
        gen.initialize(KEY_SIZE); // expect: CWE-326
        return gen.generateKeyPair();
    }
}
