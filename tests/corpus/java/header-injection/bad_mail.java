import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.servlet.http.HttpServletRequest;

public class Contact {
    public void fill(MimeMessage message, HttpServletRequest request) throws MessagingException {
        message.setHeader("Reply-To", request.getParameter("email")); // expect: CWE-93|CWE-113
        message.setText("Hello");
    }
}
