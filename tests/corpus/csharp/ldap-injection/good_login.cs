class Login1 {
    public bool Check(int badge, DirectoryEntry root) {
        using var searcher = new DirectorySearcher(root);
        searcher.Filter = "(&(objectClass=person)(employeeNumber=" + badge + "))";
        return searcher.FindOne() != null;
    }
}
