public class Sample
{
    public string GetUserId(string token)
    {
        var handler = new JwtSecurityTokenHandler();
        var principal = handler.ValidateToken(token, _parameters, out var validated);
        var jwt = handler.ReadJwtToken(token);
        return jwt.Subject;
    }
}
