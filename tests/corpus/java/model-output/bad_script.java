import dev.langchain4j.model.chat.ChatLanguageModel;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

public class Compute {
    public Object compute(ChatLanguageModel model, String task) throws ScriptException {
        String code = model.generate("JavaScript expression for " + task);
        return new ScriptEngineManager().getEngineByName("JavaScript").eval(code); // expect: CWE-94 @ code
    }
}
