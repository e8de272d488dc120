public class TokenService
{
    private const string SecretKey = "mySuperSecretSigningKey_1234567890!";  // expect: CWE-798
    public string Issue(string user)
    {
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SecretKey));
        var creds = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(signingCredentials: creds));
    }
}
