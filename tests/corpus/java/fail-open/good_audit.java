public class Orders {
    private final AccessLog accessLog;
    private final OrderStore store;

    public Orders(AccessLog accessLog, OrderStore store) {
        this.accessLog = accessLog;
        this.store = store;
    }

    public void place(String user, Order order) {
        try {
            accessLog.recordAccess(user);
        } catch (RuntimeException error) {
            System.err.println("not recorded: " + error.getMessage());
        }
        store.save(order);
    }
}
