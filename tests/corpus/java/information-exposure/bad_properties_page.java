package com.example.app;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
public class SystemPage {
    @GetMapping("/system")
    public String page(Model model) {
        model.addAttribute("properties", System.getProperties()); // expect: CWE-497
        return "system";
    }
}
