public class PageController : Controller
{
    public void Go(HttpContext ctx)
    {
        string next = ctx.Request.Query["next"];
        ctx.Response.Redirect(next);  // expect: CWE-601
    }
}
