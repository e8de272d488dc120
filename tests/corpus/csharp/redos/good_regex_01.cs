public class Sample
{
    public bool IsEmail(string input)
    {
        var re = new Regex(@"^([a-zA-Z0-9]+)*@example\.com$", RegexOptions.None, TimeSpan.FromMilliseconds(100));
        return re.IsMatch(input) && Regex.IsMatch(input, @"^[a-z0-9.]{1,64}@example\.com$");
    }
}
