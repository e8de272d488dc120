public class Audit
{
    private readonly AppDbContext _db;
    public void Purge(LogKind kind)
    {
        string tableName;
        switch (kind)
        {
            case LogKind.Access: tableName = "access_log"; break;
            case LogKind.Error: tableName = "error_log"; break;
            default: throw new ArgumentOutOfRangeException(nameof(kind));
        }
        _db.Database.ExecuteSqlRaw($"TRUNCATE TABLE {tableName}");
    }
}
