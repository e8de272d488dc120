import org.apache.commons.lang3.RandomStringUtils;
import java.security.SecureRandom;

public class ApiKeys {
    String apiKey() {
        return RandomStringUtils.random(32, 0, 0, true, true, null, new SecureRandom());
    }
}
