import org.springframework.ldap.core.LdapTemplate;
import org.springframework.web.bind.annotation.RequestParam;

public class Directory {
    boolean f(LdapTemplate t, @RequestParam String u, @RequestParam String p) {
        org.springframework.ldap.filter.EqualsFilter filter = new org.springframework.ldap.filter.EqualsFilter("cn", u);
        return t.authenticate("", filter.encode(), p);
    }
}
