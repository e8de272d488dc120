using System;

public class Tokens
{
    private readonly string _jwtSecret =
        Environment.GetEnvironmentVariable("JWT_SECRET") ?? throw new InvalidOperationException("JWT_SECRET is not set");

    public int Length => _jwtSecret.Length;
}
