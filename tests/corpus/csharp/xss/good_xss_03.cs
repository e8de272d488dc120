app.MapGet("/search", (int page) =>
{
    var html = $"<html><body>Results page {page}</body></html>";
    return Results.Content(html, "text/html");
});
app.MapGet("/me", (string q) => Results.Json(new { q }));
