app.MapGet("/file", (string name, HttpContext context) =>
{
    context.Response.Headers["X-Name"] = "file " + Uri.EscapeDataString(name);
    return Results.Ok();
});
