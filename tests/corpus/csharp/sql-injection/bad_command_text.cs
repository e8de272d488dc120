using System.Data;

public class Report
{
    public object Total(IDbConnection connection, string region)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Format("SELECT SUM(Amount) FROM Sales WHERE Region = '{0}'", region); // expect: CWE-89
        return command.ExecuteScalar();
    }
}
