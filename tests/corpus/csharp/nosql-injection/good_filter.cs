class Logins {
    public bool Has(LoginDto login) {
        var filter = Builders<User>.Filter.Eq(u => u.Name, login.User) & Builders<User>.Filter.Eq(u => u.Pin, login.Pin);
        return _users.Find(filter).Any();
    }
}
