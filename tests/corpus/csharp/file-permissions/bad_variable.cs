class Shared1 {
    public void Open(string path) {
        var mode = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(path, mode);  // expect: CWE-732
    }
}
