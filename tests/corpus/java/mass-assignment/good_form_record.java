package com.example.users;

import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class AccountController {
    record AccountForm(String name, String city) {}

    private final AccountRepository accounts;

    public AccountController(AccountRepository accounts) {
        this.accounts = accounts;
    }

    @PutMapping("/account")
    public void update(@RequestBody AccountForm form) {
        Account account = accounts.current();
        account.setName(form.name());
        account.setCity(form.city());
        accounts.save(account);
    }
}
