package com.example.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

public class SecurityConfig {
    void configure(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/**")); // expect: CWE-352
    }
}
