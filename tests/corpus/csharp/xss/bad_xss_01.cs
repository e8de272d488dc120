public class PageController : Controller
{
    [HttpGet("hello")]
    public ContentResult Hello(string name)
    {
        return Content("<h1>Hello " + name + "</h1>", "text/html");  // expect: CWE-79
    }
}
