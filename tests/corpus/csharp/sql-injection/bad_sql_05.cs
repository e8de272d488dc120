app.MapGet("/products", async (string category, AppDb db) =>
{
    var rows = await db.Products.FromSqlRaw("SELECT * FROM Products WHERE Category = '" + category + "'").ToListAsync();  // expect: CWE-89
    return Results.Ok(rows);
});
