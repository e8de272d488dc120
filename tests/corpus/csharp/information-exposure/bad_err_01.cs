public class PageController : Controller
{
    [HttpGet("{id}")]
    public IActionResult Get(int id)
    {
        try { return Ok(_svc.Get(id)); }
        catch (Exception ex)
        {
            return StatusCode(500, ex.ToString());  // expect: CWE-209
        }
    }
}
