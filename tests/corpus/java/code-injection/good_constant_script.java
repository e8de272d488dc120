import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.servlet.http.HttpServletRequest;

public class Discount {
    private static final String FORMULA = "price * 0.9";

    public Object apply(HttpServletRequest request) throws ScriptException {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("JavaScript");
        engine.put("price", Double.parseDouble(request.getParameter("price")));
        return engine.eval(FORMULA);
    }
}
