using System.Data.SqlClient;

public class Database
{
    private const string Connection = "Server=db.internal;Database=orders;User Id=app;Password=S7r0ngPa55!;"; // expect: CWE-798

    public SqlConnection Open() => new SqlConnection(Connection);
}
