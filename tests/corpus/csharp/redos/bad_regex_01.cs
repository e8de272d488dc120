public class Sample
{
    public bool IsEmail(string input)
    {
        var re = new Regex(@"^([a-zA-Z0-9]+)*@example\.com$");  // expect: CWE-1333
        return re.IsMatch(input);
    }
}
