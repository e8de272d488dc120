class Members {
    public XmlNodeList In(XmlDocument document, string team) {
        if (team != "red" && team != "blue") throw new ArgumentException("team");
        var path = string.Format("/teams/team[name='{0}']/member", team);
        return document.SelectNodes(path);
    }
}
