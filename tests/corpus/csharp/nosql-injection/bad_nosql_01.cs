public class Sample
{
    public async Task<User> Find(string name)
    {
        var filter = BsonDocument.Parse("{ name: '" + name + "' }");  // expect: CWE-943
        return await _users.Find(filter).FirstOrDefaultAsync();
    }
}
