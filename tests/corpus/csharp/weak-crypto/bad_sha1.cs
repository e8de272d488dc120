using System.Security.Cryptography;

public class Signatures
{
    public byte[] Sign(RSA key, byte[] data)
    {
        var digest = SHA1.HashData(data); // expect: CWE-327
        return key.SignHash(digest, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }
}
