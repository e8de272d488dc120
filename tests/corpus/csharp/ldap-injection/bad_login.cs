class Login1 {
    public bool Check(string user, DirectoryEntry root) {
        using var searcher = new DirectorySearcher(root);
        searcher.Filter = "(&(objectClass=person)(uid=" + user + "))";  // expect: CWE-90
        return searcher.FindOne() != null;
    }
}
