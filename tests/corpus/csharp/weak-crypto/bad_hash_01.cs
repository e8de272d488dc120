public class Sample
{
    public string HashPassword(string password)
    {
        using var md5 = MD5.Create();  // expect: CWE-327|CWE-328|CWE-916
        var bytes = md5.ComputeHash(Encoding.UTF8.GetBytes(password));
        return BitConverter.ToString(bytes);
    }
}
