using Npgsql;
public static class Db
{
    public static async Task<long> Count(Guid tenant, DateTime since, NpgsqlConnection conn, bool archived)
    {
        string table = archived ? "users_archive" : "users";
        string sql = string.Format("SELECT COUNT(*) FROM {0} WHERE tenant = '{1}' AND created > '{2:yyyy-MM-dd}'", table, tenant, since);
        await using var cmd = new NpgsqlCommand(sql, conn);
        return (long)await cmd.ExecuteScalarAsync();
    }
}
