class Shared1 {
    public void Open(string path) {
        var mode = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(path, mode);
    }
}
