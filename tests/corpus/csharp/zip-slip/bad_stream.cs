class Unpacker {
    public void Unpack(ZipArchive archive, string folder) {
        foreach (var entry in archive.Entries) {
            var path = Path.Combine(folder, entry.FullName);  // expect: CWE-22
            using var source = entry.Open();
            using var target = File.Create(path);
            source.CopyTo(target);
        }
    }
}
