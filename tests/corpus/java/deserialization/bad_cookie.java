import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.Base64;
import javax.servlet.http.Cookie;

public class CartReader {
    public Cart read(Cookie cookie) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(cookie.getValue());
        ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes));
        return (Cart) stream.readObject(); // expect: CWE-502
    }
}
