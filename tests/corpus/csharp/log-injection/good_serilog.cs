public class SearchController : Controller {
    [HttpGet("find")]
    public IActionResult Find(string text) {
        Log.Information("searched for {Text}", text);
        return Ok(_index.Find(text));
    }
}
