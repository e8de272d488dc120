public class PolicyClient {
    public enum Decision { ALLOW, DENY }

    private final RemotePolicy remote;

    public PolicyClient(RemotePolicy remote) {
        this.remote = remote;
    }

    public Decision decide(String user, String action) {
        try {
            return remote.ask(user, action) ? Decision.ALLOW : Decision.DENY;
        } catch (RuntimeException error) {
            return Decision.ALLOW; // expect: CWE-636
        }
    }
}
