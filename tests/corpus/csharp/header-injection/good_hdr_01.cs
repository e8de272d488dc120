public class PageController : Controller
{
    public IActionResult Export(int count)
    {
        Response.Headers.Add("X-Total-Count", count.ToString());
        Response.Headers["Cache-Control"] = "no-store";
        return Ok();
    }
}
