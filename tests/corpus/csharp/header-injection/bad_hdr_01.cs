public class PageController : Controller
{
    public IActionResult Export(string name)
    {
        Response.Headers.Add("X-Export", Request.Query["tag"]);  // expect: CWE-113
        return Ok();
    }
}
