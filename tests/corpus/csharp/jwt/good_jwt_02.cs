public class Sample
{
    public ClaimsPrincipal Validate(string token)
    {
        var handler = new JwtSecurityTokenHandler();
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = _issuer,
            ValidAudience = _audience,
            IssuerSigningKey = _key,
            ClockSkew = TimeSpan.Zero,
        };
        return handler.ValidateToken(token, parameters, out _);
    }
}
