public class PageController : Controller
{
    [HttpPost]
    public async Task<IActionResult> Login(LoginModel model, string returnUrl)
    {
        await _signIn.PasswordSignInAsync(model.User, model.Password, false, true);
        if (Url.IsLocalUrl(returnUrl))
            return Redirect(returnUrl);
        return RedirectToAction("Index", "Home");
    }
    public IActionResult After(string returnUrl) => LocalRedirect(returnUrl);
    public IActionResult Docs() => Redirect("https://example.com/docs");
}
