class Members {
    public XmlNodeList In(XmlDocument document, string team) {
        var path = string.Format("/teams/team[name='{0}']/member", team);
        return document.SelectNodes(path);  // expect: CWE-643
    }
}
