using System.Security.Cryptography;

public class Passwords
{
    public byte[] Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return Rfc2898DeriveBytes.Pbkdf2(password, salt, 310_000, HashAlgorithmName.SHA256, 32);
    }
}
