app.MapPost("/login", (LoginDto dto) => Results.Ok());
app.MapGet("/health", () => "ok");
app.MapGet("/orders", (Db db) => db.Orders.ToList()).RequireAuthorization();
app.MapPost("/orders", (OrderDto o, Db db) => { db.Insert(o); return Results.Ok(); }).RequireAuthorization();
app.MapDelete("/orders/{id}", (int id, Db db) => { db.Delete(id); return Results.NoContent(); }).RequireAuthorization("Admin");
