import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.servlet.http.HttpServletRequest;

public class Groups {
    public boolean isMember(InitialDirContext context, HttpServletRequest request) throws NamingException {
        String group = request.getHeader("X-Group");
        StringBuilder filter = new StringBuilder("(&(objectClass=group)(cn=").append(group).append("))");
        return context.search("dc=example,dc=com", filter.toString(), new SearchControls()).hasMore(); // expect: CWE-90
    }
}
