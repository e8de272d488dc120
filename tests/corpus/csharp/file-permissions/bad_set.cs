class Keys1 {
    public void Save(string path) {
        File.SetUnixFileMode(path, UnixFileMode.UserWrite | UnixFileMode.OtherWrite);  // expect: CWE-732
    }
}
