public class Store
{
    public object Find(SqlConnection conn, HttpRequest request)
    {
        if (!int.TryParse(request.Query["id"], out var id))
            return null;
        string sql = "SELECT * FROM Items WHERE Id = " + id;
        var command = new SqlCommand { Connection = conn, CommandText = sql };
        return command.ExecuteScalar();
    }
}
