public class PageController : Controller
{
    public async Task Invoke(HttpContext context)
    {
        var user = context.Request.Query["user"].ToString();
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("<p>Welcome " + user + "</p>");  // expect: CWE-79
    }
}
