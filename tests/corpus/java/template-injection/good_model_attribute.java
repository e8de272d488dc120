package com.example.web;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class PageController {
    @GetMapping("/page")
    public String page(@RequestParam String lang, Model model) {
        model.addAttribute("lang", lang);
        return "de".equals(lang) ? "pages/de" : "pages/en";
    }
}
