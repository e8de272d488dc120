public class Sample
{
    public static void Extract(string zipPath, string destination)
    {
        var root = Path.GetFullPath(destination + Path.DirectorySeparatorChar);
        using var archive = ZipFile.OpenRead(zipPath);
        foreach (var entry in archive.Entries)
        {
            var target = Path.GetFullPath(Path.Combine(root, entry.FullName));
            if (!target.StartsWith(root, StringComparison.Ordinal))
                throw new IOException("entry outside of the target");
            entry.ExtractToFile(target, overwrite: true);
        }
    }
    public static void All(string zip, string dir) => ZipFile.ExtractToDirectory(zip, dir);
}
