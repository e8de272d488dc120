package com.example.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class OutController {
    @GetMapping("/out")
    public String out(@RequestParam String url) {
        return "redirect:" + url; // expect: CWE-601
    }
}
