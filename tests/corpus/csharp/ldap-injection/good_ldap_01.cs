public class PageController : Controller
{
    public SearchResult FindUser(string username)
    {
        if (!Regex.IsMatch(username, "^[a-zA-Z0-9_.-]{1,64}$"))
            throw new ArgumentException("bad name");
        using var entry = new DirectoryEntry("LDAP://corp.example.com");
        using var searcher = new DirectorySearcher(entry);
        searcher.Filter = $"(&(objectClass=user)(sAMAccountName={username}))";
        return searcher.FindOne();
    }
}
