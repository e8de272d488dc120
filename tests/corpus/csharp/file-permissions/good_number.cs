class Scripts {
    public void Allow(string path) => File.SetUnixFileMode(path, (UnixFileMode)384);
}
