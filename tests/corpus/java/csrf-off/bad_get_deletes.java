package com.example.app;

import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class AccountController {
    private final AccountService accounts;
    public AccountController(AccountService accounts) { this.accounts = accounts; }
    @GetMapping("/account/delete")
    public String delete(@RequestParam Long id, Principal principal) {
        accounts.deleteAccount(id); // expect: CWE-352
        return "redirect:/";
    }
}
