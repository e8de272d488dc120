public class AccountController : Controller
{
    [HttpPost]
    [ValidateAntiForgeryToken]
    public IActionResult ChangeEmail(string email)
    {
        _users.SetEmail(User.Identity.Name, email);
        return RedirectToAction("Index");
    }
}
