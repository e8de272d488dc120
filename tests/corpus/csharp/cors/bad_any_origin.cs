using Microsoft.Extensions.DependencyInjection;

public static class CorsSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddCors(options => options.AddPolicy("api", policy =>
            policy.SetIsOriginAllowed(origin => true).AllowAnyHeader().AllowCredentials())); // expect: CWE-942
    }
}
