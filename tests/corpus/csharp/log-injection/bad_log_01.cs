public class PageController : Controller
{
    [HttpPost("login")]
    public IActionResult Login([FromForm] string username, [FromForm] string password)
    {
        _logger.LogInformation("Login attempt for " + username);  // expect: CWE-117
        return Ok();
    }
}
