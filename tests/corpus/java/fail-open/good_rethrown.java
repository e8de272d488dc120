public class Access {
    public boolean hasAccess(AccessClient client, long user) {
        try {
            return client.lookup(user).isActive();
        } catch (IllegalStateException error) {
            throw new SecurityException("access could not be checked", error);
        }
    }
}
