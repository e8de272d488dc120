public class PageController : Controller
{
    public async Task Invoke(HttpContext context)
    {
        var user = context.Request.Query["user"].ToString();
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("Welcome " + user);
    }
}
