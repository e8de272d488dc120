using System.Security.Cryptography;

public class Tokens
{
    public byte[] Encrypt(byte[] key, byte[] text)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        aes.Mode = CipherMode.ECB; // expect: CWE-327
        using var encryptor = aes.CreateEncryptor();
        return encryptor.TransformFinalBlock(text, 0, text.Length);
    }
}
