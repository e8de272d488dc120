package com.example.app;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration
public class Enc {
    private static final int STRENGTH = 12;
    @Bean
    public PasswordEncoder encoder() {
        return new BCryptPasswordEncoder(STRENGTH);
    }
}
