package com.example.web;

import jakarta.servlet.http.HttpSession;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class AccountController {
    private final UserRepository users;
    private final PasswordEncoder encoder;

    public AccountController(UserRepository users, PasswordEncoder encoder) {
        this.users = users;
        this.encoder = encoder;
    }

    @PostMapping("/password")
    public String change(@RequestParam String password, HttpSession session) {
        User user = (User) session.getAttribute("user");
        user.setHash(encoder.encode(password));
        session.setAttribute("user", users.save(user));
        return "redirect:/account";
    }
}
