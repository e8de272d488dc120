import java.util.Base64;
import com.fasterxml.jackson.databind.ObjectMapper;

public class Bearer {
    String f(String token) throws Exception {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        return new ObjectMapper().readTree(payload).get("sub").asText(); // expect: CWE-347
    }
}
