class Mails {
    public bool Fits(string text) => Regex.IsMatch(text, "^([a-z0-9]+)+@[a-z]+$");  // expect: CWE-1333
}
