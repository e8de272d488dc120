class Scripts {
    public void Allow(string path) => File.SetUnixFileMode(path, (UnixFileMode)511);  // expect: CWE-732
}
