using Microsoft.Extensions.DependencyInjection;

public static class SessionSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSession(options =>
        {
            options.Cookie.Name = "sid";
            options.Cookie.HttpOnly = false; // expect: CWE-1004|CWE-614
        });
    }
}
