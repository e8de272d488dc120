using System.Data.SqlClient;

public class Archive
{
    private const string Table = "AuditLog";

    public int Count(SqlConnection connection)
    {
        using var command = new SqlCommand("SELECT COUNT(*) FROM " + Table, connection);
        return (int)command.ExecuteScalar();
    }
}
