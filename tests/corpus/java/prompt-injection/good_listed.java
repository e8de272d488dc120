import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatLanguageModel;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;

public class Chat {
    private static final Map<String, String> PERSONAS = Map.of("formal", "You are formal.", "casual", "You are casual.");

    public String chat(ChatLanguageModel model, HttpServletRequest request) {
        String system = PERSONAS.getOrDefault(request.getParameter("persona"), "You are formal.");
        return model.generate(SystemMessage.from(system), UserMessage.from(request.getParameter("text"))).content().text();
    }
}
