public class PageController : Controller
{
    public void Go(HttpContext ctx)
    {
        string next = ctx.Request.Query["next"];
        if (string.IsNullOrEmpty(next) || !next.StartsWith("/") || next.StartsWith("//"))
        {
            next = "/";
        }
        ctx.Response.Redirect(next);
    }
}
