import java.util.concurrent.ThreadLocalRandom;

public class Backoff {
    public long delay(int attempt) {
        long base = 100L << Math.min(attempt, 6);
        return base + ThreadLocalRandom.current().nextLong(base);
    }
}
