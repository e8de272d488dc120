app.MapGet("/go", (string page) =>
{
    if (!AllowedTargets.Contains(page)) return Results.BadRequest();
    return Results.Redirect(page);
});
app.MapGet("/item/{id}", (int id) => Results.Redirect($"/items/{id}"));
