import java.io.IOException;

public class Transfers {
    private final FraudClient client;
    private final Ledger ledger;

    public Transfers(FraudClient client, Ledger ledger) {
        this.client = client;
        this.ledger = ledger;
    }

    public void transfer(String account, long amount) {
        boolean suspicious = false; // expect: CWE-636
        try {
            suspicious = client.score(account, amount) > 80;
        } catch (IOException error) {
            System.err.println("no answer: " + error.getMessage());
        }
        if (suspicious) {
            throw new IllegalStateException("held back");
        }
        ledger.book(account, amount);
    }
}
