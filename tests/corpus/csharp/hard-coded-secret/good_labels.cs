public static class Labels
{
    public const string Password = "password";
    public const string PasswordLabel = "Your password";
    public const string TokenHeader = "X-Auth-Token";
    public const string PasswordPattern = @"^(?=.*[A-Z])(?=.*\d).{12,}$";
}
