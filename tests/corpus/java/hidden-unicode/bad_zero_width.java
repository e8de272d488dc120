import java.util.Set;

public class Roles {
    private static final Set<String> ROLES = Set.of("admin", "ad​min"); // expect: CWE-838|CWE-1007|CWE-451

    public boolean isAllowed(String role) {
        return ROLES.contains(role);
    }
}
