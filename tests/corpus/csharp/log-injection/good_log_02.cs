public class PageController : Controller
{
    public IActionResult Track(int attempts)
    {
        _log.LogWarning($"Blocked after {attempts} attempts on {Environment.MachineName}");
        return NoContent();
    }
}
