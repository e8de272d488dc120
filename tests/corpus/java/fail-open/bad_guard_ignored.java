import java.util.logging.Level;
import java.util.logging.Logger;

public class Documents {
    private static final Logger LOG = Logger.getLogger("documents");
    private final Permissions permissions;
    private final DocumentStore store;

    public Documents(Permissions permissions, DocumentStore store) {
        this.permissions = permissions;
        this.store = store;
    }

    public void delete(String user, long id) {
        try {
            permissions.requireOwner(user, id);
        } catch (Exception error) { // expect: CWE-636|CWE-703
            LOG.log(Level.WARNING, "permissions are not available", error);
        }
        store.delete(id);
    }
}
