package com.example.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

public class SecurityConfig {
    void configure(HttpSecurity http) throws Exception {
        http.sessionManagement().sessionFixation().none(); // expect: CWE-384
        http.formLogin();
    }
}
