public class Sample
{
    public bool Verify(string password, string hash) => BCrypt.Net.BCrypt.Verify(password, hash);
    public string Digest(Stream file)
    {
        using var sha = SHA256.Create();
        return Convert.ToHexString(sha.ComputeHash(file));
    }
}
