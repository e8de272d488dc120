import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

public class Files2 {
    public FileInputStream open(HttpServletRequest request) throws IOException {
        File root = new File("/srv/files");
        File file = new File(root, request.getParameter("file"));
        if (!file.getCanonicalPath().startsWith(root.getCanonicalPath() + File.separator)) {
            throw new SecurityException("outside");
        }
        return new FileInputStream(file);
    }
}
