import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

public class Templates {
    public FileReader open(HttpServletRequest request) throws IOException {
        String bar = "safe.html";
        String param = request.getParameter("template");
        if (param.length() > 100) {
            bar = "long.html";
        }
        return new FileReader(new File("/srv/templates", bar));
    }
}
