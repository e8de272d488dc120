package com.example.security;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

public class SecurityConfig {
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        http.csrf(Customizer.withDefaults()).formLogin(form -> form.loginPage("/login"));
        return http.build();
    }
}
