public class AccountController : Controller {
    [HttpGet("leave")]
    public IActionResult Leave(string target) {
        _audit.Left(User.Identity.Name);
        return RedirectPermanent(target);  // expect: CWE-601
    }
}
