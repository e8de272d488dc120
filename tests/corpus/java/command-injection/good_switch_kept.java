import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

public class UnitControl {
    public void restart(HttpServletRequest request) throws IOException {
        String unit;
        switch (request.getParameter("service")) {
            case "web":
                unit = "nginx";
                break;
            case "cache":
                unit = "redis";
                break;
            default:
                throw new IllegalArgumentException("service");
        }
        String command = "systemctl restart " + unit;
        Runtime.getRuntime().exec(command);
    }
}
