using Microsoft.AspNetCore.Http;

public class Sessions
{
    public void Start(HttpResponse response, string token)
    {
        response.Cookies.Append("session", token, new CookieOptions { HttpOnly = false, Secure = false }); // expect: CWE-614|CWE-1004
    }
}
