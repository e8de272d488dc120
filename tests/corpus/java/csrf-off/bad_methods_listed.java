package com.example.app;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class SettingsController {
    private final UserService userService;
    SettingsController(UserService userService) { this.userService = userService; }
    @RequestMapping(path = "/settings/email", method = {RequestMethod.GET, RequestMethod.HEAD})
    public void email(@RequestParam String email, @AuthenticationPrincipal User user) {
        userService.updateEmail(user.getId(), email); // expect: CWE-352
    }
}
