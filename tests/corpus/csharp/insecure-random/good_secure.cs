using System;
using System.Security.Cryptography;

public class Tokens
{
    public string NewToken() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public int NewOtp() => RandomNumberGenerator.GetInt32(100000, 1000000);
}
