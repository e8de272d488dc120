public class Sample
{
    public string GetUserId(string token)
    {
        var handler = new JwtSecurityTokenHandler();
        var jwt = handler.ReadJwtToken(token);  // expect: CWE-347|CWE-345
        return jwt.Claims.First(c => c.Type == "sub").Value;
    }
}
