package com.example.config;

import java.util.List;
import org.springframework.web.cors.CorsConfiguration;

public class Cors {
    public CorsConfiguration configuration() {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOriginPatterns(List.of("*")); // expect: CWE-942
        configuration.setAllowCredentials(true);
        return configuration;
    }
}
