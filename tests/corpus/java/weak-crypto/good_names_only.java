import java.util.Set;

public class Policy {
    private static final Set<String> WEAK = Set.of("MD5", "SHA-1", "DES", "DES/ECB/PKCS5Padding");

    public void check(String algorithm) {
        if (WEAK.contains(algorithm)) {
            throw new IllegalArgumentException(algorithm + " is too weak");
        }
    }
}
