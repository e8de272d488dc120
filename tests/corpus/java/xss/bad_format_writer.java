import java.io.IOException;
import java.io.PrintWriter;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class ThemeServlet extends HttpServlet {
    @Override
    public void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String theme = "light";
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals("theme")) {
                theme = cookie.getValue();
            }
        }
        response.setContentType("text/html");
        PrintWriter out = response.getWriter();
        out.format("<body class='%s'>", theme); // expect: CWE-79
    }
}
