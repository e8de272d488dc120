public class ProxyController : ControllerBase
{
    private static readonly string[] AllowedHosts = { "api.example.com", "cdn.example.com" };
    private readonly HttpClient _http;
    [HttpGet("fetch")]
    public async Task<IActionResult> Fetch([FromQuery] string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != "https" || !AllowedHosts.Contains(uri.Host))
            return BadRequest();
        var body = await _http.GetStringAsync(uri);
        return Ok(body);
    }
}
