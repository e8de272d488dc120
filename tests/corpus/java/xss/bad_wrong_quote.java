import java.io.IOException;
import java.io.PrintWriter;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.text.StringEscapeUtils;

public class TripForm extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        PrintWriter page = response.getWriter();
        String town = StringEscapeUtils.escapeHtml4(request.getParameter("town"));
        page.println("<form><input name='town' value='" + town + "'></form>"); // expect: CWE-79
    }
}
