import java.io.IOException;
import java.io.ObjectInputStream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class ImportServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (ObjectInputStream input = new ObjectInputStream(request.getInputStream())) {
            Object value = input.readObject(); // expect: CWE-502
            response.getWriter().println(value.getClass().getSimpleName());
        } catch (ClassNotFoundException error) {
            response.setStatus(400);
        }
    }
}
