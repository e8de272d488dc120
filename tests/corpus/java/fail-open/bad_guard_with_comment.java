import java.util.logging.Logger;

public class Invoices {
    private static final Logger LOG = Logger.getLogger("invoices");
    private final Permissions permissions;
    private final InvoiceStore store;

    public Invoices(Permissions permissions, InvoiceStore store) {
        this.permissions = permissions;
        this.store = store;
    }

    public void cancel(String user, long number) {
        try {
            // whoever is not the owner gets an exception here
            permissions.requireOwner(user, number);
        } catch (Exception error) { // expect: CWE-636|CWE-703
            /* the service is restarted at night: never return nothing for that */
            LOG.warning("permissions: " + error);
        }
        store.cancel(number);
    }
}
