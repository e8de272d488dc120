public class PageController : Controller
{
    [HttpPost("webhook")]
    public async Task<IActionResult> Test([FromBody] WebhookDto dto)
    {
        using var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, dto.CallbackUrl);  // expect: CWE-918
        var response = await client.SendAsync(request);
        return StatusCode((int)response.StatusCode);
    }
}
