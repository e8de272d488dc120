package com.example.users;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class AccountController {
    @Entity
    public static class Account {
        @Id
        public Long id;
        public String name;
        public boolean admin;
    }

    private final AccountRepository accounts;

    public AccountController(AccountRepository accounts) {
        this.accounts = accounts;
    }

    @PutMapping("/account")
    public Account update(@RequestBody Account account) { // expect: CWE-915
        return accounts.save(account); // expect: CWE-915
    }
}
