import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import javax.servlet.http.HttpServletRequest;

public class Grader {
    public void grade(OpenAIClient client, HttpServletRequest request) {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addSystemMessage("You grade essays. The teacher says: " + request.getParameter("teacher")) // expect: CWE-1427
            .addUserMessage(request.getParameter("essay"))
            .build();
        client.chat().completions().create(params);
    }
}
