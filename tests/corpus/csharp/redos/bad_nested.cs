class Names {
    private static readonly Regex Words = new Regex(@"^(\w+\s?)*$");  // expect: CWE-1333
    public bool Fits(string text) => Words.IsMatch(text);
}
