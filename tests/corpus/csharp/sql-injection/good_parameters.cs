using System.Data.SqlClient;

public class Users
{
    public bool Exists(SqlConnection connection, string name)
    {
        const string query = "SELECT Id FROM Users WHERE Name = @name";
        using var command = new SqlCommand(query, connection);
        command.Parameters.AddWithValue("@name", name);
        return command.ExecuteScalar() != null;
    }
}
