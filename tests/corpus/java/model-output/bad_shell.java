import dev.langchain4j.model.chat.ChatLanguageModel;
import java.io.IOException;

public class Agent {
    private final ChatLanguageModel model;

    public Agent(ChatLanguageModel model) {
        this.model = model;
    }

    public int run(String task) throws IOException, InterruptedException {
        String command = model.generate("One bash command for: " + task);
        return new ProcessBuilder("bash", "-c", command).start().waitFor(); // expect: CWE-78
    }
}
