package com.example.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

public class SecurityConfig {
    void configure(HttpSecurity http) throws Exception {
        http.httpBasic(basic -> basic.disable());
        http.requestCache(cache -> cache.disable());
    }
}
