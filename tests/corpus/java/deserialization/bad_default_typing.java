import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

public class Messages {
    private final ObjectMapper mapper = new ObjectMapper();

    public Messages() {
        mapper.enableDefaultTyping(); // expect: CWE-502
    }

    public Object read(String json) throws IOException {
        return mapper.readValue(json, Object.class);
    }
}
