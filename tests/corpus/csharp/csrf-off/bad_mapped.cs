app.MapPost("/vote", ([FromForm] int choice, Votes votes) => votes.Add(choice)).DisableAntiforgery();  // expect: CWE-352
