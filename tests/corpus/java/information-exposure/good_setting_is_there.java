package com.example.app;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class DebugController {
    @GetMapping("/debug/region")
    public Map<String, Boolean> env() {
        return Map.of("configured", System.getenv("REGION") != null);
    }
}
