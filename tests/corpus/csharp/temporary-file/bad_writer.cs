class Dumps {
    public void Write(string text) {
        using var writer = new StreamWriter(Path.GetTempPath() + "dump.txt");  // expect: CWE-377
        writer.Write(text);
    }
}
