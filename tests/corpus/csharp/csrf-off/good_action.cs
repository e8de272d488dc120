public class TransferController : Controller {
    [ValidateAntiForgeryToken]
    [HttpPost]
    public IActionResult Send(int to, decimal amount) => Done(to, amount);
}
