package com.example.auth;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;

public class TokenReader {
    public String userOf(String token) {
        int end = token.lastIndexOf('.') + 1;
        Claims claims = (Claims) Jwts.parserBuilder().build().parse(token.substring(0, end)).getBody(); // expect: CWE-347
        return claims.getSubject();
    }
}
