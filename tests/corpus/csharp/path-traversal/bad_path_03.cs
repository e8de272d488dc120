app.MapGet("/files/{name}", (string name) => Results.File(File.OpenRead("/data/" + name)));  // expect: CWE-22
