using Microsoft.AspNetCore.Http;

public class Sessions
{
    public void Start(HttpResponse response, string token)
    {
        var options = new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict };
        response.Cookies.Append("session", token, options);
    }
}
