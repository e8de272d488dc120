import java.io.IOException;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

public class PingService {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    public int ping(HttpServletRequest request) throws IOException, InterruptedException {
        String host = request.getParameter("host");
        if (!HOST.matcher(host).matches() || host.startsWith("-")) {
            throw new IllegalArgumentException("host");
        }
        return new ProcessBuilder("ping", "-c", "3", host).start().waitFor();
    }
}
