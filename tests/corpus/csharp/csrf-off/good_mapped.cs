app.UseAntiforgery();
app.MapPost("/vote", ([FromForm] int choice, Votes votes) => votes.Add(choice));
