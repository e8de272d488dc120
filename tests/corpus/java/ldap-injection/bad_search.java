import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.servlet.http.HttpServletRequest;

public class Directory {
    public boolean exists(DirContext context, HttpServletRequest request) throws NamingException {
        String filter = "(&(objectClass=person)(uid=" + request.getParameter("uid") + "))"; // source
        NamingEnumeration<SearchResult> results = context.search("ou=people", filter, new SearchControls()); // expect: CWE-90 @ filter
        return results.hasMore();
    }
}
