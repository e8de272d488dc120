class Carts {
    public object Of(string owner) {
        var filter = new BsonDocument("$where", new BsonJavaScript($"this.owner == '{owner}'"));  // expect: CWE-943
        return _carts.Find(filter).FirstOrDefault();
    }
}
