using Microsoft.AspNetCore.Http;

public class Sessions
{
    public void Start(HttpResponse response, string authToken)
    {
        response.Cookies.Append("auth_token", authToken); // expect: CWE-614|CWE-1004
    }
}
