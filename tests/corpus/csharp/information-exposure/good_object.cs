public class CartController : ControllerBase {
    [HttpPost]
    public IActionResult Add(int id) {
        try { return Ok(_cart.Add(id)); }
        catch (OutOfStockException e) {
            return Conflict(new { error = e.Message });
        }
    }
}
