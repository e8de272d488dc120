package com.example.users;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
public class RegistrationController {
    private final UserRepository users;

    public RegistrationController(UserRepository users) {
        this.users = users;
    }

    @InitBinder
    void fields(WebDataBinder binder) {
        binder.setAllowedFields("name", "email");
    }

    @PostMapping("/register")
    public String register(@ModelAttribute User user) {
        users.save(user);
        return "redirect:/login";
    }
}
