import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;

public class Maps {
    public InputStream open(HttpServletRequest request) throws IOException {
        String raw = request.getQueryString().substring(4);
        if (raw.contains("..")) {
            throw new IOException("not here");
        }
        String name = URLDecoder.decode(raw, StandardCharsets.UTF_8);
        return new FileInputStream("/srv/maps/" + name); // expect: CWE-22
    }
}
