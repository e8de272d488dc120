class Directory1 {
    public SearchResult Find(string mail) {
        var searcher = new DirectorySearcher("(mail=" + mail + ")");  // expect: CWE-90
        return searcher.FindOne();
    }
}
