public class StockController : ControllerBase {
    [HttpGet]
    public IActionResult Get() {
        try { return Ok(_stock.All()); }
        catch (Exception error) {
            _logger.LogError(error, "stock");
            return Problem("The stock cannot be read now.");
        }
    }
}
