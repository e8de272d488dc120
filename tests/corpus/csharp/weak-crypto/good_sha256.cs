using System.Security.Cryptography;

public class Digests
{
    public byte[] Digest(byte[] data)
    {
        using var sha = SHA256.Create();
        return sha.ComputeHash(data);
    }
}
