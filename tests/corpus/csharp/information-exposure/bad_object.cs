public class CartController : ControllerBase {
    [HttpPost]
    public IActionResult Add(int id) {
        try { return Ok(_cart.Add(id)); }
        catch (Exception e) {
            return StatusCode(500, new { error = e.Message, trace = e.StackTrace });  // expect: CWE-209
        }
    }
}
