public class Store
{
    public object Find(SqlConnection conn, HttpRequest request)
    {
        string id = request.Query["id"];
        string sql = "SELECT * FROM Items WHERE Id = " + id;
        var command = new SqlCommand { Connection = conn, CommandText = sql };  // expect: CWE-89
        return command.ExecuteScalar();
    }
}
