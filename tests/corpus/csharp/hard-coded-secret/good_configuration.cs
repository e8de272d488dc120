using Microsoft.Extensions.Configuration;

public class Settings
{
    private const string PasswordKey = "Database:Password";
    private readonly IConfiguration _configuration;

    public Settings(IConfiguration configuration) => _configuration = configuration;

    public string Password => _configuration[PasswordKey];
}
