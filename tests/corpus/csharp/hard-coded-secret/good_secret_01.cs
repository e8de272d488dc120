public class TokenService
{
    private readonly string _secretKey;
    private const string SecretKeyName = "Jwt:SigningKey";
    public TokenService(IConfiguration c)
    {
        _secretKey = c[SecretKeyName] ?? throw new InvalidOperationException("no key");
    }
}
