public class Sample
{
    public string CreateResetToken()
    {
        var random = new Random();  // expect: CWE-330|CWE-338
        var chars = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return new string(Enumerable.Range(0, 16).Select(_ => chars[random.Next(chars.Length)]).ToArray());
    }
}
