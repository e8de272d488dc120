var items = app.MapGroup("/items").RequireAuthorization();
items.MapPost("/", (ItemDto item, Store store) => store.Add(item)).RequireAuthorization("Editor");
items.MapPut("/{id}", (int id, ItemDto item, Store store) => store.Put(id, item)).RequireAuthorization("Editor");
items.MapDelete("/{id}", (int id, Store store) => store.Remove(id));
