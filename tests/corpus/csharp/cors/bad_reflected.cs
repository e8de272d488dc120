using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

public class CorsMiddleware
{
    private readonly RequestDelegate _next;

    public CorsMiddleware(RequestDelegate next) => _next = next;

    public Task Invoke(HttpContext context)
    {
        var origin = context.Request.Headers["Origin"].ToString();
        context.Response.Headers["Access-Control-Allow-Origin"] = origin; // expect: CWE-942
        context.Response.Headers["Access-Control-Allow-Credentials"] = "true";
        return _next(context);
    }
}
