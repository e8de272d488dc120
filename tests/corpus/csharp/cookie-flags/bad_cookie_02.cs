public class PageController : Controller
{
    public IActionResult Login(LoginDto dto)
    {
        var token = _tokens.Issue(dto.User);
        Response.Cookies.Append("auth_token", token);  // expect: CWE-614|CWE-1004
        return Ok();
    }
}
