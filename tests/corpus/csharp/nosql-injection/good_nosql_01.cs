public class Sample
{
    public async Task<User> Find(string name)
    {
        var filter = Builders<User>.Filter.Eq(u => u.Name, name);
        return await _users.Find(filter).FirstOrDefaultAsync();
    }
}
