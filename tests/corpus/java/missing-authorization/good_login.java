package com.example.auth;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class LoginController {
    private final TokenService tokens;

    public LoginController(TokenService tokens) {
        this.tokens = tokens;
    }

    @PostMapping("/login")
    public String login(@RequestBody Credentials credentials) {
        return tokens.issue(credentials);
    }

    @PostMapping("/register")
    public String register(@RequestBody Registration registration) {
        return tokens.register(registration);
    }
}
