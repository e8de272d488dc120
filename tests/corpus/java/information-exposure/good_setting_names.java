package com.example.app;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Diag {
    private final Map<String, String> env = System.getenv();
    @GetMapping("/diag")
    public String diag() {
        StringBuilder sb = new StringBuilder();
        for (String name : List.of("PATH", "HOME")) {
            sb.append(name).append('=').append(env.containsKey(name) ? "set" : "missing").append('\n');
        }
        return sb.toString();
    }
}
