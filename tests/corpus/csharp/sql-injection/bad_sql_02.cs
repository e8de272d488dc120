using System.Data.SQLite;
class Repo
{
    public void Delete(SQLiteConnection conn, string id)
    {
        var cmd = conn.CreateCommand();
        cmd.CommandText = "DELETE FROM notes WHERE id = " + id;  // expect: CWE-89
        cmd.ExecuteNonQuery();
    }
}
