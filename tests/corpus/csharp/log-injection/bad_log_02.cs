public class PageController : Controller
{
    public IActionResult Track()
    {
        string agent = Request.Headers["User-Agent"];
        _log.LogWarning($"Blocked agent: {agent}");  // expect: CWE-117
        return NoContent();
    }
}
