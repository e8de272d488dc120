package com.example.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;

@RestController
public class ContinueController {
    @GetMapping("/continue")
    public RedirectView proceed(@RequestParam(required = false) String target) {
        String address = target == null ? "/" : target;
        return new RedirectView(address); // expect: CWE-601
    }
}
