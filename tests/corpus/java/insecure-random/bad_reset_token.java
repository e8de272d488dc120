import java.util.Random;

public class PasswordReset {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    public String newToken() {
        Random random = new Random(); // expect: CWE-330
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length()))); // expect: CWE-330
        }
        return token.toString();
    }
}
