class Names {
    private static readonly Regex Words = new Regex(@"^\w+(?:\s\w+)*$", RegexOptions.NonBacktracking);
    public bool Fits(string text) => Words.IsMatch(text);
}
