class Cache1 {
    public void Write(byte[] data) {
        var path = Path.Combine(Path.GetTempPath(), "cache.bin");
        File.WriteAllBytes(path, data);  // expect: CWE-377
    }
}
