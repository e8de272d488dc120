using System.Net;
using System.Net.Mail;

public class Mailer
{
    public SmtpClient Create()
    {
        return new SmtpClient("smtp.example.com", 587)
        {
            EnableSsl = true,
            Credentials = new NetworkCredential("mailer@example.com", "Qw7!pLx92vRt"), // expect: CWE-798
        };
    }
}
