package com.example.checkout;

import jakarta.servlet.http.HttpSession;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class CheckoutController {
    @PostMapping("/checkout")
    public void start(@RequestParam String userId, HttpSession session) {
        session.setAttribute("userId", userId); // expect: CWE-501
    }
}
