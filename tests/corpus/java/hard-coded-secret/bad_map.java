package com.example.app;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;

public class DbConfig {
    public EntityManagerFactory factory() {
        return Persistence.createEntityManagerFactory("app", Map.of(
            "javax.persistence.jdbc.user", "app",
            "javax.persistence.jdbc.password", "Tr0ub4dor&3-prod")); // expect: CWE-798
    }
}
