using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

public static class AuthSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        });
    }
}
