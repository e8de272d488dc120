public class OrdersController : Controller {
    private static readonly ILog logger = LogManager.GetLogger("orders");
    [HttpPost]
    public IActionResult Pay(PayRequest request) {
        var holder = Regex.Replace(request.Holder, "[\r\n]", "_");
        logger.Warn("no card for " + holder);
        return BadRequest();
    }
}
