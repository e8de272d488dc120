import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;

public class Accounts {
    public boolean login(XPath xpath, Document accounts, String user, String pin) throws XPathExpressionException {
        String text = String.format("//account[@user='%s' and @pin='%s']", user, pin);
        XPathExpression expression = xpath.compile(text); // expect: CWE-643 @ text
        return (Boolean) expression.evaluate(accounts, XPathConstants.BOOLEAN);
    }
}
