import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.servlet.http.HttpServletRequest;
import org.apache.commons.io.FilenameUtils;

public class NoteReader {
    public String read(HttpServletRequest request) throws IOException {
        String name = FilenameUtils.getName(request.getParameter("note"));
        return Files.readString(Path.of("/srv/notes").resolve(name));
    }
}
