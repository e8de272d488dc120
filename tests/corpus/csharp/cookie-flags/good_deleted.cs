using Microsoft.AspNetCore.Http;

public class Logout
{
    public void End(HttpResponse response)
    {
        response.Cookies.Delete("session");
        response.StatusCode = 204;
    }
}
