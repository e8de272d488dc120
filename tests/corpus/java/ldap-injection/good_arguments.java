import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.SearchControls;
import javax.servlet.http.HttpServletRequest;

public class Directory {
    public boolean exists(DirContext context, HttpServletRequest request) throws NamingException {
        Object[] values = {request.getParameter("uid")};
        return context.search("ou=people", "(&(objectClass=person)(uid={0}))", values, new SearchControls()).hasMore();
    }
}
