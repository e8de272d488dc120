app.MapGet("/search", (string q) =>
{
    var html = $"<html><body>Results for {q}</body></html>";
    return Results.Content(html, "text/html");  // expect: CWE-79
});
