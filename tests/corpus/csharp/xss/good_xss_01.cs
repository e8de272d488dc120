public class PageController : Controller
{
    [HttpGet("hello")]
    public ContentResult Hello(string name)
    {
        var safe = HtmlEncoder.Default.Encode(name);
        return Content("<h1>Hello " + safe + "</h1>", "text/html");
    }
    [HttpGet("plain")]
    public ContentResult Plain(string name) => Content("Hello " + name, "text/plain");
    [HttpGet("home")]
    public ContentResult Home() => Content("<h1>" + Title + "</h1>", "text/html");
    private const string Title = "Hi";
}
