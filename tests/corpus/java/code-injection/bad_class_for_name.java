import javax.servlet.http.HttpServletRequest;

public class ReportFactory {
    public Runnable create(HttpServletRequest request) throws ReflectiveOperationException {
        String name = request.getParameter("report");
        Class<?> type = Class.forName(name); // expect: CWE-470|CWE-94
        return (Runnable) type.getDeclaredConstructor().newInstance();
    }
}
