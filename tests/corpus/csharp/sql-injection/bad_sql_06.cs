using Npgsql;
public static class Db
{
    public static async Task<bool> Login(string user, string pass, NpgsqlConnection conn)
    {
        string sql = string.Format("SELECT COUNT(*) FROM users WHERE login = '{0}' AND password = '{1}'", user, pass);
        await using var cmd = new NpgsqlCommand(sql, conn);  // expect: CWE-89
        return (long)await cmd.ExecuteScalarAsync() > 0;
    }
}
