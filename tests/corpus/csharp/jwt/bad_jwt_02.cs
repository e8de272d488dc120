public class Sample
{
    public ClaimsPrincipal Validate(string token)
    {
        var handler = new JwtSecurityTokenHandler();
        var parameters = new TokenValidationParameters
        {
            RequireSignedTokens = false,  // expect: CWE-347
            ValidateIssuer = true,
            ValidateAudience = true,
            SignatureValidator = (t, p) => new JwtSecurityToken(t),  // expect: CWE-347
        };
        return handler.ValidateToken(token, parameters, out _);
    }
}
