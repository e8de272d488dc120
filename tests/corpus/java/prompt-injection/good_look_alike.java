import javax.servlet.http.HttpServletRequest;

public class Heating {
    private final StringBuilder log = new StringBuilder();

    public Heating system(String name) {
        log.append(name);
        return this;
    }

    public Heating select(HttpServletRequest request) {
        return system("zone " + request.getParameter("zone"));
    }
}
