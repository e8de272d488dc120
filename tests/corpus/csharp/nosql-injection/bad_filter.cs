class Logins {
    public bool Has(LoginDto login) {
        var json = string.Format("{{ user: '{0}', pin: '{1}' }}", login.User, login.Pin);
        return _users.Find(BsonDocument.Parse(json)).Any();  // expect: CWE-943
    }
}
