public class StockController : ControllerBase {
    [HttpGet]
    public IActionResult Get() {
        try { return Ok(_stock.All()); }
        catch (Exception error) {
            return Problem(error.StackTrace);  // expect: CWE-209
        }
    }
}
