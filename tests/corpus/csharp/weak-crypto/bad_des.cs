using System.Security.Cryptography;

public class Box
{
    public ICryptoTransform Encryptor(byte[] key, byte[] iv)
    {
        var algorithm = new DESCryptoServiceProvider(); // expect: CWE-327
        return algorithm.CreateEncryptor(key, iv);
    }
}
