public class ProxyController : ControllerBase
{
    private readonly HttpClient _http;
    [HttpGet("fetch")]
    public async Task<IActionResult> Fetch([FromQuery] string url)
    {
        var body = await _http.GetStringAsync(url);  // expect: CWE-918
        return Ok(body);
    }
}
