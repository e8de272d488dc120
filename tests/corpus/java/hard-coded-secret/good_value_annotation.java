package com.example.auth;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
public class TokenProperties {
    @Value("${auth.jwt.secret}")
    private String jwtSecret;

    private String password = "";

    public String secret() {
        return jwtSecret;
    }
}
