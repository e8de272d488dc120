import javax.servlet.http.HttpServletRequest;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;

public class Parts {
    public String price(XPath xpath, Document parts, HttpServletRequest request) throws XPathExpressionException {
        String element = request.getParameter("element");
        element = "price";
        return xpath.evaluate("//part/" + element, parts);
    }
}
