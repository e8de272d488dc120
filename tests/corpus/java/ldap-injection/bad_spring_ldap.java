package com.example.directory;

import java.util.List;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class DirectoryController {
    private final LdapTemplate ldap;

    public DirectoryController(LdapTemplate ldap) {
        this.ldap = ldap;
    }

    @GetMapping("/people")
    public List<String> people(@RequestParam String name) {
        AttributesMapper<String> mapper = attributes -> (String) attributes.get("mail").get();
        return ldap.search("ou=people", "(cn=" + name + ")", mapper); // expect: CWE-90
    }
}
