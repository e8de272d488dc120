import java.io.IOException;
import java.util.Properties;
import javax.servlet.http.HttpServletRequest;

public class Ping {
    private static final ThreadLocal<Properties> SETTINGS = ThreadLocal.withInitial(Properties::new);

    public Process start(HttpServletRequest request) throws IOException {
        Properties own = new Properties();
        own.setProperty("host", request.getHeader("X-Host"));
        return Runtime.getRuntime().exec("ping -c 1 " + own.getProperty("host")); // expect: CWE-78
    }
}
