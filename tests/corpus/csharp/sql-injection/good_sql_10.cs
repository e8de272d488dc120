public class Hib
{
    public IList<User> ByEmail(ISession session, string email)
    {
        return session.CreateQuery("from User u where u.Email = :email").SetParameter("email", email).List<User>();
    }
    public void InList(SqlConnection c, List<int> ids)
    {
        var names = string.Join(",", ids.Select((_, i) => "@p" + i));
        var cmd = new SqlCommand($"SELECT * FROM T WHERE Id IN ({names})", c);
        for (int i = 0; i < ids.Count; i++) cmd.Parameters.AddWithValue("@p" + i, ids[i]);
        cmd.ExecuteReader();
    }
}
