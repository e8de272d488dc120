import jakarta.servlet.http.HttpServletRequest;

public class Remote {
    void f(HttpServletRequest req, net.schmizz.sshj.connection.channel.direct.Session session) throws Exception {
        session.exec("grep " + req.getParameter("f") + " log"); // expect: CWE-78
    }
}
