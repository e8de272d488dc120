public class Sample
{
    public byte[] Encrypt(byte[] data, byte[] key)
    {
        using var des = DES.Create();  // expect: CWE-327
        des.Key = key;
        des.Mode = CipherMode.ECB;  // expect: CWE-327
        return des.CreateEncryptor().TransformFinalBlock(data, 0, data.Length);
    }
}
