import javax.servlet.http.HttpServletRequest;

public class Polynomial {
    private final double[] coefficients = {1, 2, 3};

    public double eval(double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }

    public double at(HttpServletRequest request) {
        return eval(Double.parseDouble(request.getParameter("x")));
    }
}
