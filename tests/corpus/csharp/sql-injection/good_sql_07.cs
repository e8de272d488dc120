using MySql.Data.MySqlClient;
public class ReportDao
{
    public DataTable Run(MySqlConnection c, ReportFilter filter)
    {
        var sb = new StringBuilder();
        sb.Append("SELECT * FROM reports WHERE 1=1");
        var cmd = new MySqlCommand();
        if (!string.IsNullOrEmpty(filter.Owner))
        {
            sb.Append(" AND owner = @owner");
            cmd.Parameters.AddWithValue("@owner", filter.Owner);
        }
        cmd.Connection = c;
        cmd.CommandText = sb.ToString();
        var dt = new DataTable();
        dt.Load(cmd.ExecuteReader());
        return dt;
    }
}
