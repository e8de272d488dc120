import dev.langchain4j.model.chat.ChatLanguageModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;

public class Agent {
    private static final Map<String, List<String>> COMMANDS =
        Map.of("status", List.of("git", "status"), "log", List.of("git", "log", "-5"));

    public int run(ChatLanguageModel model, String task) throws IOException, InterruptedException {
        List<String> command = COMMANDS.get(model.generate("One of status, log: " + task));
        return command == null ? 1 : new ProcessBuilder(command).start().waitFor();
    }
}
