using System.Security.Cryptography;

public class Hasher
{
    private const int Iterations = 600_000;

    public byte[] Hash(string password, byte[] salt)
    {
        using var kdf = new Rfc2898DeriveBytes(password, salt, Iterations, HashAlgorithmName.SHA256);
        return kdf.GetBytes(32);
    }
}
