import javax.servlet.http.Cookie;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.xml.sax.InputSource;

public class Preferences {
    public String theme(Cookie cookie) throws XPathExpressionException {
        String expression = "/preferences/user[@id='".concat(cookie.getValue()).concat("']/theme");
        return XPathFactory.newInstance().newXPath().evaluate(expression, new InputSource("prefs.xml")); // expect: CWE-643
    }
}
