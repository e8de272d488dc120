public class PageController : Controller
{
    [HttpPost]
    public async Task<IActionResult> Login(LoginModel model, string returnUrl)
    {
        await _signIn.PasswordSignInAsync(model.User, model.Password, false, true);
        return Redirect(returnUrl);  // expect: CWE-601
    }
}
