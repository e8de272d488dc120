public class PageController : Controller
{
    [HttpGet("weather")]
    public async Task<IActionResult> Weather(string city)
    {
        using var client = new HttpClient();
        var response = await client.GetAsync($"https://api.weather.example/v1?city={Uri.EscapeDataString(city)}");
        return StatusCode((int)response.StatusCode);
    }
    public Task<string> User(int id) => _http.GetStringAsync($"users/{id}");
}
