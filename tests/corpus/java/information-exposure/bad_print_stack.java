import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class JobServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Jobs.run(request.getParameter("name"));
        } catch (Exception error) {
            error.printStackTrace(response.getWriter()); // expect: CWE-209
        }
    }
}
