package com.example.app;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class SettingsController {
    private final UserService userService;
    SettingsController(UserService userService) { this.userService = userService; }
    @GetMapping("/settings/email/confirm")
    public void confirm(@RequestParam String token) {
        User user = userService.findByConfirmationToken(token);
        userService.updateEmail(user.getId(), user.getPendingEmail());
    }
}
