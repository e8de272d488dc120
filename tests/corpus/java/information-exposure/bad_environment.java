package com.example.app;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class DebugController {
    @GetMapping("/debug/env")
    public Map<String, String> env() {
        return System.getenv(); // expect: CWE-497
    }
}
