import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class DownloadServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("file"); // source
        File file = new File("/srv/files", name); // expect: CWE-22
        try (FileInputStream input = new FileInputStream(file)) { // expect: CWE-22
            input.transferTo(response.getOutputStream());
        }
    }
}
