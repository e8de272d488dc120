using System;

public static class ApiKeys
{
    public static string GenerateApiKey(int seed)
    {
        return "sk_" + new Random(seed).NextInt64().ToString("x"); // expect: CWE-330
    }
}
