package com.example.app;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Diag {
    @GetMapping("/diag")
    public String diag() {
        StringBuilder sb = new StringBuilder("<pre>");
        for (Map.Entry<String, String> e : System.getenv().entrySet()) { // expect: CWE-497
            sb.append(e.getKey()).append('=').append(e.getValue()).append('\n');
        }
        return sb.append("</pre>").toString();
    }
}
