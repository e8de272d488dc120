package com.example.api;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@CrossOrigin(originPatterns = "*", allowCredentials = "true") // expect: CWE-942
public class ProfileController {
    @GetMapping("/me")
    public String me() {
        return "someone";
    }
}
