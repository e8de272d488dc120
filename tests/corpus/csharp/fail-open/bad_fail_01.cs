public class Sample
{
    public bool IsAdmin(string token)
    {
        try
        {
            return _tokens.Validate(token).IsInRole("admin");
        }
        catch
        {
            return true;  // expect: CWE-636|CWE-755|CWE-703
        }
    }
}
