package com.example.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class HomeController {
    @GetMapping("/start")
    public String start(@RequestParam String role) {
        return "admin".equals(role) ? "redirect:/admin" : "redirect:/home";
    }
}
