using System;
using System.Security.Cryptography;
using System.Text;

public class Passwords
{
    public string Hash(string password)
    {
        using var md5 = MD5.Create(); // expect: CWE-327
        return Convert.ToHexString(md5.ComputeHash(Encoding.UTF8.GetBytes(password)));
    }
}
