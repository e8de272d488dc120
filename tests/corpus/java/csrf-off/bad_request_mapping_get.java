package com.example.app;

import java.math.BigDecimal;
import java.security.Principal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class TransferController {
    @Autowired private AccountRepository repository;
    @RequestMapping(value = "/transfer", method = RequestMethod.GET)
    public String transfer(@RequestParam Long to, @RequestParam BigDecimal amount, Principal principal) {
        Account account = repository.findByOwner(principal.getName());
        account.setBalance(account.getBalance().subtract(amount));
        repository.save(account); // expect: CWE-352
        return "done";
    }
}
