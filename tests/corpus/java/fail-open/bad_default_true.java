public class Access {
    public boolean hasAccess(AccessClient client, long user) {
        boolean authorized = false;
        try {
            authorized = client.lookup(user).isActive();
        } catch (IllegalStateException error) {
            authorized = true; // expect: CWE-636
        }
        return authorized;
    }
}
