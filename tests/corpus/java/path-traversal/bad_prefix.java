import java.io.FileReader;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

public class NoteReader {
    private static final String BASE = "/srv/notes/";

    public int read(HttpServletRequest request) throws IOException {
        String path = BASE + request.getHeader("X-Note");
        if (!path.startsWith(BASE)) {
            throw new SecurityException(path);
        }
        try (FileReader reader = new FileReader(path)) { // expect: CWE-22 @ path
            return reader.read();
        }
    }
}
