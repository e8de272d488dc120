public class Sample
{
    public string HashPassword(string password)
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(password)));  // expect: CWE-916|CWE-759|CWE-328|CWE-327
    }
}
