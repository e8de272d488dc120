import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

public class Messages {
    record Message(String kind, String text) {}

    private final ObjectMapper mapper = new ObjectMapper();

    public Message read(HttpServletRequest request) throws IOException {
        return mapper.readValue(request.getInputStream(), Message.class);
    }
}
