class Prices {
    public object Of(XPathNavigator catalogue, string name) {
        return catalogue.Evaluate("//item[@name='" + name + "']/price");  // expect: CWE-643
    }
}
