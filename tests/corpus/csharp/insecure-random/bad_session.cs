using System;

public class Sessions
{
    private readonly Random _random = new Random();

    public string NewSessionId()
    {
        var bytes = new byte[24];
        _random.NextBytes(bytes); // expect: CWE-330
        var sessionId = Convert.ToBase64String(bytes);
        return sessionId;
    }
}
