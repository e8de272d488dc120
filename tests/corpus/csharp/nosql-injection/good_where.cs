class Carts {
    public object Of(string owner) {
        var filter = new BsonDocument("owner", owner);
        return _carts.Find(filter).FirstOrDefault();
    }
}
