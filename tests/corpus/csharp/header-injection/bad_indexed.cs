app.MapGet("/file", (string name, HttpContext context) =>
{
    context.Response.Headers["X-Name"] = "file " + name;  // expect: CWE-113
    return Results.Ok();
});
