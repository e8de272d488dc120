public class OrdersController : Controller {
    private static readonly ILog logger = LogManager.GetLogger("orders");
    [HttpPost]
    public IActionResult Pay(PayRequest request) {
        logger.Warn("no card for " + request.Holder);  // expect: CWE-117
        return BadRequest();
    }
}
