using System.Data.SQLite;
class Repo
{
    public void Delete(SQLiteConnection conn, string id)
    {
        int noteId = int.Parse(id);
        var cmd = conn.CreateCommand();
        cmd.CommandText = "DELETE FROM notes WHERE id = " + noteId;
        cmd.ExecuteNonQuery();
    }
}
