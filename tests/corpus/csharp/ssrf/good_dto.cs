public class PreviewController : ControllerBase {
    private const string Api = "https://pages.example.com/v2/";
    private readonly HttpClient _client;
    [HttpPost("preview")]
    public async Task<IActionResult> Preview([FromBody] PreviewRequest body) {
        var page = await _client.GetAsync(Api + body.PageNumber.ToString());
        return Ok(await page.Content.ReadAsStringAsync());
    }
}
