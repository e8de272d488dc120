import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class Export {
    public void export(HttpServletRequest request, HttpServletResponse response) {
        String name = URLEncoder.encode(request.getParameter("filename"), StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + name);
    }
}
