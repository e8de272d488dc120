class Groups {
    public SearchResultCollection Of(HttpRequest request) {
        var filter = string.Format("(&(objectClass=group)(cn={0}))", request.Query["cn"]);
        var searcher = new DirectorySearcher { Filter = filter };  // expect: CWE-90
        return searcher.FindAll();
    }
}
