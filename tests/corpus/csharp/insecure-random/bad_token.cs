using System;
using System.Linq;

public class PasswordReset
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public string NewToken()
    {
        var random = new Random(); // expect: CWE-330
        var token = new string(Enumerable.Range(0, 32).Select(_ => Alphabet[random.Next(Alphabet.Length)]).ToArray()); // expect: CWE-330
        return token;
    }
}
