package com.example.web;

import jakarta.servlet.http.HttpSession;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class LoginController {
    private final UserRepository users;
    private final PasswordEncoder encoder;

    public LoginController(UserRepository users, PasswordEncoder encoder) {
        this.users = users;
        this.encoder = encoder;
    }

    @PostMapping("/login")
    public String login(@RequestParam String name, @RequestParam String password, HttpSession session) {
        User user = users.findByName(name);
        if (user == null || !encoder.matches(password, user.getHash())) {
            return "login";
        }
        session.setAttribute("userId", user.getId()); // expect: CWE-384
        return "redirect:/";
    }
}
