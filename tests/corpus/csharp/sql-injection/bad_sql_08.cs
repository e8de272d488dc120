public class Audit
{
    private readonly AppDbContext _db;
    public void Purge(string tableName)
    {
        _db.Database.ExecuteSqlRaw($"TRUNCATE TABLE {tableName}");  // expect: CWE-89
    }
}
