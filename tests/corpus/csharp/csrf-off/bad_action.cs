public class TransferController : Controller {
    [IgnoreAntiforgeryToken]  // expect: CWE-352
    [HttpPost]
    public IActionResult Send(int to, decimal amount) => Done(to, amount);
}
