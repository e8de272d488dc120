class Groups {
    public SearchResultCollection Of(string kind) {
        var cn = kind switch { "a" => "admins", "e" => "editors", _ => "readers" };
        var filter = string.Format("(&(objectClass=group)(cn={0}))", cn);
        var searcher = new DirectorySearcher { Filter = filter };
        return searcher.FindAll();
    }
}
