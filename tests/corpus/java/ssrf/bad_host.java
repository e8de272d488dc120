import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import javax.servlet.http.HttpServletRequest;

public class TenantStatus {
    public int status(HttpServletRequest request) throws IOException {
        String tenant = request.getParameter("tenant");
        URL url = new URL("https://" + tenant + ".internal.example.com/status");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(); // expect: CWE-918
        return connection.getResponseCode();
    }
}
