public class Sample
{
    public bool IsAdmin(string token)
    {
        try
        {
            return _tokens.Validate(token).IsInRole("admin");
        }
        catch (Exception)
        {
            return false;
        }
    }
}
