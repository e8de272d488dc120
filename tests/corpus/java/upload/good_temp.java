import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.Part;

public class Scanner {
    public long size(HttpServletRequest request) throws IOException, ServletException {
        Part part = request.getPart("file");
        Path target = Files.createTempFile("upload", ".bin");
        part.write(target.toString());
        return Files.size(target);
    }
}
