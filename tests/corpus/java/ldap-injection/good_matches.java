import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.SearchControls;
import javax.servlet.http.HttpServletRequest;

public class Directory {
    public boolean exists(DirContext context, HttpServletRequest request) throws NamingException {
        String uid = request.getParameter("uid");
        if (!uid.matches("[a-z0-9]{1,32}")) {
            throw new IllegalArgumentException("uid");
        }
        return context.search("ou=people", "(uid=" + uid + ")", new SearchControls()).hasMore();
    }
}
