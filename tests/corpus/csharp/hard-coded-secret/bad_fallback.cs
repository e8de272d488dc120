using System;

public class Settings
{
    public string ApiKey { get; } =
        Environment.GetEnvironmentVariable("PAYMENT_API_KEY") ?? "sk_live_8sKq2LmNv7RtYb3WcZpD"; // expect: CWE-798

    public string Region { get; } = Environment.GetEnvironmentVariable("REGION") ?? "eu-central-1";
}
