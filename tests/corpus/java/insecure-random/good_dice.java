import java.util.Collections;
import java.util.List;
import java.util.Random;

public class Dice {
    private final Random random = new Random(42);

    public int roll() {
        return random.nextInt(6) + 1;
    }

    public void shuffle(List<String> cards) {
        Collections.shuffle(cards, random);
    }
}
