using System;

public class OtpService
{
    public int NewOtp()
    {
        var otp = Random.Shared.Next(100000, 999999); // expect: CWE-330
        return otp;
    }
}
