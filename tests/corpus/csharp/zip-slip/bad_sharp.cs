class Imports {
    public void Unpack(Stream input, string root) {
        using var archive = ArchiveFactory.Open(input);
        foreach (var entry in archive.Entries.Where(e => !e.IsDirectory))
            entry.WriteToFile(Path.Join(root, entry.Key));  // expect: CWE-22
    }
}
