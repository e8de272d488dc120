package com.example.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class PageController {
    @GetMapping("/page")
    public String page(@RequestParam String lang) {
        return "pages/" + lang + "/welcome"; // expect: CWE-1336|CWE-94
    }
}
