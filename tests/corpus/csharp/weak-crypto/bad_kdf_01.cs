public class Sample
{
    public byte[] Key(string password)
    {
        var salt = Encoding.UTF8.GetBytes("staticsalt");
        using var kdf = new Rfc2898DeriveBytes(password, salt, 1000);  // expect: CWE-916|CWE-760|CWE-327|CWE-328|CWE-759
        return kdf.GetBytes(32);
    }
}
