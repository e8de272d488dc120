class Imports {
    public void Unpack(Stream input, string root) {
        using var archive = ArchiveFactory.Open(input);
        foreach (var entry in archive.Entries.Where(e => !e.IsDirectory)) {
            var path = Path.GetFullPath(Path.Join(root, entry.Key));
            if (path.StartsWith(Path.GetFullPath(root) + "/")) entry.WriteToFile(path);
        }
    }
}
