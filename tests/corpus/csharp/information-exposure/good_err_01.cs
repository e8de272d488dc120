public class PageController : Controller
{
    [HttpGet("{id}")]
    public IActionResult Get(int id)
    {
        try { return Ok(_svc.Get(id)); }
        catch (Exception ex)
        {
            _logger.LogError(ex, "get failed");
            return StatusCode(500, "An error occurred");
        }
    }
}
