import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Leave {
    private boolean isTrusted(String address) {
        return address.contains("ferry.example");
    }

    public void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next");
        if (!isTrusted(next)) {
            response.sendError(400);
            return;
        }
        response.sendRedirect(next); // expect: CWE-601
    }
}
