var items = app.MapGroup("/items");
items.MapPost("/", (ItemDto item, Store store) => store.Add(item)).RequireAuthorization();
items.MapPut("/{id}", (int id, ItemDto item, Store store) => store.Put(id, item)).RequireAuthorization();
items.MapDelete("/{id}", (int id, Store store) => store.Remove(id));  // expect: CWE-862
