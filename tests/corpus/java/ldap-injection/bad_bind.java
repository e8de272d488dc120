import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

public class Login {
    public void bind(String user, String password) throws NamingException {
        InitialDirContext context = new InitialDirContext(new Hashtable<>());
        String name = String.format("uid=%s,ou=people,dc=example,dc=com", user);
        context.addToEnvironment(Context.SECURITY_CREDENTIALS, password);
        context.lookup(name); // expect: CWE-90
    }
}
