package com.example.app;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;

public class DbConfig {
    public EntityManagerFactory factory() {
        return Persistence.createEntityManagerFactory("app", Map.of(
            "javax.persistence.jdbc.user", "app",
            "javax.persistence.jdbc.password", System.getenv("DB_PASSWORD")));
    }
    public Map<String, String> labels() {
        return Map.of("password", "Your password", "passwordHint", "At least 12 characters");
    }
}
