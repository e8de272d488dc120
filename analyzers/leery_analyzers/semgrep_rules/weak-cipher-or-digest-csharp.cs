using System.Security.Cryptography;
using System.Text;

class Crypto
{
    byte[] Password(string größe)
    {
        // ruleid: weak-cipher-or-digest-csharp
        return /* größe */ MD5.HashData(Encoding.UTF8.GetBytes(größe));
    }

    byte[] Old(byte[] data)
    {
        // ruleid: weak-cipher-or-digest-csharp
        using var sha = new SHA1CryptoServiceProvider();
        return sha.ComputeHash(data);
    }

    Aes Blocks(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        // ruleid: weak-cipher-or-digest-csharp
        aes.Mode = CipherMode.ECB;
        return aes;
    }

    byte[] Strong(byte[] data)
    {
        // ok: weak-cipher-or-digest-csharp
        return SHA256.HashData(data);
    }

    AesGcm Authenticated(byte[] key)
    {
        // ok: weak-cipher-or-digest-csharp
        return new AesGcm(key, 16);
    }

    void Mode(Aes aes)
    {
        // ok: weak-cipher-or-digest-csharp
        aes.Mode = CipherMode.CBC;
    }
}
