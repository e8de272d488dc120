using System.Data.SqlClient;

public class Invoices
{
    public object Total(SqlConnection connection, int number)
    {
        using var command = new SqlCommand($"SELECT Total FROM Invoices WHERE Number = {number}", connection);
        return command.ExecuteScalar();
    }
}
