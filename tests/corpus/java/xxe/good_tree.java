import org.w3c.dom.Document;
import javax.xml.transform.stream.StreamResult;
import java.io.StringWriter;
import javax.xml.transform.TransformerFactory;

public class Printer {
    String f(Document doc) throws Exception {
        StringWriter w = new StringWriter();
        TransformerFactory.newInstance().newTransformer().transform(new javax.xml.transform.dom.DOMSource(doc), new StreamResult(w));
        return w.toString();
    }
}
