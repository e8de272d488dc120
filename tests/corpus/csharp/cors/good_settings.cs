using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

public static class Pipeline
{
    public static void Configure(WebApplication app)
    {
        var origins = app.Configuration.GetSection("Cors:Origins").Get<string[]>();
        app.UseCors(builder => builder.WithOrigins(origins).AllowAnyMethod().AllowAnyHeader());
    }
}
