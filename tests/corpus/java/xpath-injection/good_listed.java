import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;

public class Parts {
    private static final Set<String> ELEMENTS = Set.of("name", "price");

    public String value(XPath xpath, Document parts, HttpServletRequest request) throws XPathExpressionException {
        String element = request.getParameter("element");
        if (!ELEMENTS.contains(element)) {
            return "";
        }
        return xpath.evaluate("//part/" + element, parts);
    }
}
