import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Export {
    public void export(HttpServletRequest request, HttpServletResponse response) {
        String name = request.getParameter("filename"); // source
        response.setHeader("Content-Disposition", "attachment; filename=" + name); // expect: CWE-113
    }
}
