public class PageController : Controller
{
    public IActionResult Login(LoginDto dto)
    {
        var token = _tokens.Issue(dto.User);
        var options = new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax };
        Response.Cookies.Append("auth_token", token, options);
        return Ok();
    }
}
