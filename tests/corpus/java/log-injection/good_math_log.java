import javax.servlet.http.HttpServletRequest;

public class Entropy {
    private final StringBuilder info = new StringBuilder();

    public double bits(HttpServletRequest request) {
        info.append(request.getParameter("x"));
        return Math.log(Double.parseDouble(request.getParameter("x"))) / Math.log(2);
    }
}
