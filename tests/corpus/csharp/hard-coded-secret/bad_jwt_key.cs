using System.Text;
using Microsoft.IdentityModel.Tokens;

public class Tokens
{
    private const string JwtSecret = "mySuperSecretKeyForJwtSigning2024"; // expect: CWE-798

    public SecurityKey Key() => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(JwtSecret));
}
