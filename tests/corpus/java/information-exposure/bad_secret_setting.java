package com.example.app;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class StatusController {
    @GetMapping("/status")
    public Map<String, Object> status() {
        Map<String, Object> body = new HashMap<>();
        body.put("up", true);
        body.put("dbPassword", System.getenv("DB_PASSWORD")); // expect: CWE-497
        return body;
    }
}
