app.MapGet("/products", async (string order, AppDb db) =>
{
    var direction = order switch
    {
        "asc" => "ASC",
        "desc" => "DESC",
        _ => "ASC",
    };
    var rows = await db.Products.FromSqlRaw("SELECT * FROM Products ORDER BY Price " + direction).ToListAsync();
    return Results.Ok(rows);
});
