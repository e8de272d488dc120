import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Leave {
    private static boolean onThisSite(String address) {
        return address.matches("/[a-z]+(?:/[a-z]+)*");
    }

    public void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String next = request.getParameter("next").trim();
        response.sendRedirect(onThisSite(next) ? next : "/");
    }
}
