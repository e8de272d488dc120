import static org.springframework.ldap.query.LdapQueryBuilder.query;

import java.util.List;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.LdapTemplate;

public class People {
    public List<String> named(LdapTemplate ldap, String name) {
        AttributesMapper<String> mapper = attributes -> (String) attributes.get("mail").get();
        return ldap.search(query().where("objectClass").is("person").and("cn").is(name), mapper);
    }
}
