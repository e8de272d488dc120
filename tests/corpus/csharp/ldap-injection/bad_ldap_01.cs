public class PageController : Controller
{
    public SearchResult FindUser(string username)
    {
        using var entry = new DirectoryEntry("LDAP://corp.example.com");
        using var searcher = new DirectorySearcher(entry);
        searcher.Filter = $"(&(objectClass=user)(sAMAccountName={username}))";  // expect: CWE-90
        return searcher.FindOne();
    }
}
