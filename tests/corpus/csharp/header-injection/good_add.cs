public class ExportController : Controller {
    [HttpGet]
    public IActionResult Get(int page) {
        Response.Headers.Append("X-Page", page.ToString());
        return Ok();
    }
}
