public class SearchController : Controller {
    [HttpGet("find")]
    public IActionResult Find(string text) {
        Log.Information($"searched for {text}");  // expect: CWE-117
        return Ok(_index.Find(text));
    }
}
