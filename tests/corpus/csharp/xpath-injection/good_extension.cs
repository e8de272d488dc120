class Settings {
    private const string Key = "theme";
    public XElement Of(XDocument document) {
        return document.XPathSelectElement($"/settings/setting[@key='{Key}']");
    }
}
