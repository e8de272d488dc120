import java.io.IOException;
import java.net.URL;
import javax.servlet.http.HttpServletRequest;

public class Orders {
    private static final String BASE = "https://orders.internal.example.com/v1/orders/";

    public byte[] load(HttpServletRequest request) throws IOException {
        long id = Long.parseLong(request.getParameter("id"));
        return new URL(BASE + id).openStream().readAllBytes();
    }
}
