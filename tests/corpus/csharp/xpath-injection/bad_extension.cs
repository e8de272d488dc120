class Settings {
    public XElement Of(XDocument document, string key) {
        return document.XPathSelectElement($"/settings/setting[@key='{key}']");  // expect: CWE-643
    }
}
