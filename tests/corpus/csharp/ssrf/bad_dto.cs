public class PreviewController : ControllerBase {
    private readonly HttpClient _client;
    [HttpPost("preview")]
    public async Task<IActionResult> Preview([FromBody] PreviewRequest body) {
        var page = await _client.GetAsync(body.Address);  // expect: CWE-918
        return Ok(await page.Content.ReadAsStringAsync());
    }
}
