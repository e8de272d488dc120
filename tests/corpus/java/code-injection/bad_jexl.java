import org.springframework.web.bind.annotation.RequestParam;

public class Formulas {
    Object f(@RequestParam String e) {
        return new org.apache.commons.jexl3.JexlBuilder().create().createExpression(e).evaluate(null); // expect: CWE-94
    }
}
