class Prices {
    public object Of(XPathNavigator catalogue, Guid id) {
        return catalogue.Evaluate("//item[@id='" + id + "']/price");
    }
}
