import java.io.File;
import org.springframework.web.bind.annotation.RequestBody;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.transform.stream.StreamSource;
import java.io.StringReader;
import javax.xml.validation.Validator;
import javax.xml.XMLConstants;

public class Checker {
    void f(@RequestBody String xml) throws Exception {
        Schema s = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File("x.xsd"));
        Validator v = s.newValidator();
        v.validate(new StreamSource(new StringReader(xml))); // expect: CWE-611
    }
}
