package com.example.app;

import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class AccountController {
    private final AccountService accounts;
    public AccountController(AccountService accounts) { this.accounts = accounts; }
    @PostMapping("/account/delete")
    public String delete(@RequestParam Long id, Principal principal) {
        accounts.deleteAccount(id);
        return "redirect:/";
    }
    @GetMapping("/account/deleted")
    public String deleted(@RequestParam Long id, Model model) {
        model.addAttribute("deleted", accounts.findDeletedById(id));
        return "deleted";
    }
}
