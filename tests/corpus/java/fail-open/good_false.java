public class Permissions {
    private final PermissionClient client;

    public Permissions(PermissionClient client) {
        this.client = client;
    }

    public boolean isAllowed(long user, String action) {
        try {
            return client.check(user, action);
        } catch (Exception error) {
            return false;
        }
    }
}
