public class Hib
{
    public IList<User> ByEmail(ISession session, string email)
    {
        return session.CreateQuery("from User u where u.Email = '" + email + "'").List<User>();  // expect: CWE-89
    }
}
