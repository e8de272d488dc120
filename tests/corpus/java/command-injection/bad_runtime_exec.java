import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class PingServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String host = request.getParameter("host"); // source
        Process process = Runtime.getRuntime().exec("ping -c 3 " + host); // expect: CWE-78 @ "ping -c 3 " + host
        response.getOutputStream().write(process.getInputStream().readAllBytes());
    }
}
