import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import javax.servlet.http.HttpServletRequest;

public class Calculator {
    private static final Map<String, DoubleBinaryOperator> OPERATIONS = Map.of("add", (a, b) -> a + b, "mul", (a, b) -> a * b);

    public double calculate(HttpServletRequest request) {
        DoubleBinaryOperator operation = OPERATIONS.get(request.getParameter("op"));
        if (operation == null) {
            throw new IllegalArgumentException("op");
        }
        return operation.applyAsDouble(
            Double.parseDouble(request.getParameter("a")), Double.parseDouble(request.getParameter("b")));
    }
}
