public class Sample
{
    public byte[] Encrypt(byte[] data, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        aes.Mode = CipherMode.CBC;
        aes.GenerateIV();
        return aes.IV.Concat(aes.CreateEncryptor().TransformFinalBlock(data, 0, data.Length)).ToArray();
    }
}
