using Microsoft.AspNetCore.Builder;

public static class Pipeline
{
    public static void Configure(IApplicationBuilder app)
    {
        app.UseCors(policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader()); // expect: CWE-942
    }
}
