public class Sample
{
    public string HashPassword(string password, byte[] salt)
    {
        using var kdf = new Rfc2898DeriveBytes(password, salt, 210_000, HashAlgorithmName.SHA512);
        return Convert.ToBase64String(kdf.GetBytes(32));
    }
    public string Etag(byte[] data) => Convert.ToHexString(SHA256.HashData(data));
}
