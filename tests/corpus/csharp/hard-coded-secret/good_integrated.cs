using System.Data.SqlClient;

public class Database
{
    private const string Connection = "Server=db.internal;Database=orders;Integrated Security=true;Encrypt=true;";

    public SqlConnection Open() => new SqlConnection(Connection);
}
