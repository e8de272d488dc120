using System.Security.Cryptography;

public class Hasher
{
    private const int Iterations = 1000;

    public byte[] Hash(string password, byte[] salt)
    {
        using var kdf = new Rfc2898DeriveBytes(password, salt, Iterations, HashAlgorithmName.SHA256); // expect: CWE-916
        return kdf.GetBytes(32);
    }
}
