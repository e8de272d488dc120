import javax.servlet.http.HttpServletRequest;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;

public class Books {
    public String title(XPath xpath, Document books, HttpServletRequest request) throws XPathExpressionException {
        int position = Integer.parseInt(request.getParameter("n"));
        return xpath.evaluate("//book[" + position + "]/title", books);
    }
}
