public class ExportController : Controller {
    [HttpGet]
    public IActionResult Get(string label) {
        Response.Headers.Append("X-Label", label);  // expect: CWE-113
        return Ok();
    }
}
