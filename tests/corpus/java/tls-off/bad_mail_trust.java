import java.util.Properties;

public class Mailer {
    Properties f() {
        Properties p = new Properties();
        p.put("mail.smtp.ssl.trust", "*"); // expect: CWE-295
        return p;
    }
}
