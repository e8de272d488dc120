using MySql.Data.MySqlClient;
public class ReportDao
{
    public DataTable Run(MySqlConnection c, ReportFilter filter)
    {
        var sb = new StringBuilder();
        sb.Append("SELECT * FROM reports WHERE 1=1");
        if (!string.IsNullOrEmpty(filter.Owner))
            sb.Append(" AND owner = '" + filter.Owner + "'");
        var adapter = new MySqlDataAdapter(sb.ToString(), c);  // expect: CWE-89
        var dt = new DataTable();
        adapter.Fill(dt);
        return dt;
    }
}
