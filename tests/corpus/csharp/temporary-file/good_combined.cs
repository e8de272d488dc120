class Cache1 {
    public void Write(byte[] data) {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, data);
    }
}
