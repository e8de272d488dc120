package com.example.app;

import io.jsonwebtoken.Jwts;

@Component
public class JwtService {
    private static final String SIGNING = "dGhpc2lzYXZlcnlsb25nc2VjcmV0a2V5Zm9yand0c2lnbmluZw==";
    public String issue(String subject) {
        return Jwts.builder().setSubject(subject).signWith(SignatureAlgorithm.HS256, SIGNING).compact(); // expect: CWE-798
    }
}
