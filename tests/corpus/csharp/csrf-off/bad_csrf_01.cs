public class AccountController : Controller
{
    [HttpPost]
    [IgnoreAntiforgeryToken]  // expect: CWE-352
    public IActionResult ChangeEmail(string email)
    {
        _users.SetEmail(User.Identity.Name, email);
        return RedirectToAction("Index");
    }
}
