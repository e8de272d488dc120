import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatLanguageModel;
import javax.servlet.http.HttpServletRequest;

public class Summaries {
    public String summarise(ChatLanguageModel model, HttpServletRequest request) {
        String wishes = request.getParameter("wishes");
        SystemMessage system = SystemMessage.from("You summarise contracts. Wishes: " + wishes); // expect: CWE-1427
        return model.generate(system, UserMessage.from(request.getParameter("text"))).content().text();
    }
}
