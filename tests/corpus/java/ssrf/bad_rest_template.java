package com.example.hooks;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

@RestController
public class HookController {
    private final RestTemplate rest = new RestTemplate();

    @PostMapping("/hooks/test")
    public String test(@RequestParam String callback) {
        return rest.getForObject(callback, String.class); // expect: CWE-918 @ callback
    }
}
