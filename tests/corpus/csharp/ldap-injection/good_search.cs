class Directory1 {
    public SearchResult Find(string mail) {
        var searcher = new DirectorySearcher("(mail=" + Encoder.LdapFilterEncode(mail) + ")");
        return searcher.FindOne();
    }
}
