import com.thoughtworks.xstream.XStream;
import javax.servlet.http.HttpServletRequest;
import java.io.IOException;

public class SettingsImport {
    public Object read(HttpServletRequest request) throws IOException {
        XStream xstream = new XStream();
        return xstream.fromXML(request.getReader()); // expect: CWE-502
    }
}
