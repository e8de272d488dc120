app.MapGet("/go", (string url) => Results.Redirect(url));  // expect: CWE-601
