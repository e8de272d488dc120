public class AccountController : Controller {
    private static readonly string[] Allowed = { "/", "/orders", "/help" };
    [HttpGet("leave")]
    public IActionResult Leave(string target) {
        if (!Allowed.Contains(target)) return NotFound();
        return RedirectPermanent(target);
    }
}
