import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.servlet.http.HttpServletRequest;

public class Calculator {
    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("JavaScript");

    public Object calculate(HttpServletRequest request) throws ScriptException {
        String expression = request.getParameter("expression"); // source
        return engine.eval(expression); // expect: CWE-94 @ expression
    }
}
