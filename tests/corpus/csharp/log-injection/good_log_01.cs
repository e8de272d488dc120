public class PageController : Controller
{
    [HttpPost("login")]
    public IActionResult Login([FromForm] string username, [FromForm] string password)
    {
        _logger.LogInformation("Login attempt for {Username}", username);
        _logger.LogInformation("Attempt for " + username.Replace("\r", "").Replace("\n", ""));
        return Ok();
    }
}
