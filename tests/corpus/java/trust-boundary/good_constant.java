import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpServletRequest;

public class Steps {
    public void step(HttpServletRequest request) {
        List<String> values = new ArrayList<>();
        values.add("safe");
        values.add(request.getParameter("step"));
        values.add("moresafe");
        values.remove(0);
        request.getSession().setAttribute("step", values.get(1));
    }
}
