app.MapGet("/files/{name}", (string name) => Results.File(File.OpenRead("/data/" + Path.GetFileName(name))));
app.MapGet("/logo", () => Results.File(File.OpenRead(Path.Combine("/data", "logo.png"))));
