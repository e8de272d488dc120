package com.example.api;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@CrossOrigin(origins = "https://app.example.com", allowCredentials = "true")
public class ProfileController {
    @GetMapping("/me")
    public String me() {
        return "someone";
    }
}
