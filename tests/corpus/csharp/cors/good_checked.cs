using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;

public static class CorsSetup
{
    private static readonly HashSet<string> Trusted = new() { "https://app.example.com" };

    public static void Add(IServiceCollection services)
    {
        services.AddCors(options => options.AddPolicy("api", policy =>
            policy.SetIsOriginAllowed(origin => Trusted.Contains(origin)).AllowCredentials()));
    }
}
