import javax.servlet.http.HttpServletRequest;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

public class Users {
    public String email(Document users, HttpServletRequest request) throws XPathExpressionException {
        XPath xpath = XPathFactory.newInstance().newXPath();
        String query = "//user[name='" + request.getParameter("name") + "']/email"; // source
        return xpath.evaluate(query, users); // expect: CWE-643 @ query
    }
}
