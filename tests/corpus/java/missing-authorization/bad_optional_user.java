package com.example.wallet;

import java.security.Principal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class WalletController {
    private final WalletService wallets;

    public WalletController(WalletService wallets) {
        this.wallets = wallets;
    }

    @PostMapping("/wallets/{id}/withdraw")
    public long withdraw(@PathVariable long id, @RequestParam long amount, Principal user) {
        if (user != null && !wallets.ownerOf(id).equals(user.getName())) {
            throw new SecurityException("not yours");
        }
        return wallets.withdraw(id, amount); // expect: CWE-862|CWE-639
    }
}
