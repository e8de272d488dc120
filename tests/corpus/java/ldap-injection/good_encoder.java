package com.example.directory;

import java.util.List;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.support.LdapEncoder;

public class DirectoryService {
    private final LdapTemplate ldap;

    public DirectoryService(LdapTemplate ldap) {
        this.ldap = ldap;
    }

    public List<String> people(String name) {
        AttributesMapper<String> mapper = attributes -> (String) attributes.get("mail").get();
        return ldap.search("ou=people", "(cn=" + LdapEncoder.filterEncode(name) + ")", mapper);
    }
}
