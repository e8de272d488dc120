using Microsoft.AspNetCore.Builder;

public static class Pipeline
{
    public static void Configure(WebApplication app)
    {
        app.UseCors(builder => builder.WithOrigins("*").AllowAnyMethod()); // expect: CWE-942
    }
}
