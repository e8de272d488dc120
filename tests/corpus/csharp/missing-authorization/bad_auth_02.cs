app.MapGet("/orders", (Db db) => db.Orders.ToList()).RequireAuthorization();
app.MapPost("/orders", (Order o, Db db) => { db.Insert(o); return Results.Ok(); }).RequireAuthorization();
app.MapDelete("/orders/{id}", (int id, Db db) => { db.Delete(id); return Results.NoContent(); });  // expect: CWE-862|CWE-306
