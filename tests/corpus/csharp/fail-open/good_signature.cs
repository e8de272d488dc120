class Cleaner {
    private bool TryRemove(string path) {
        try { File.Delete(path); return true; }
        catch (DirectoryNotFoundException) { return true; }
    }
}
