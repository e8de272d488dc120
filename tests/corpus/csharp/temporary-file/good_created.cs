class Locks {
    public FileStream Take() => File.OpenRead("/tmp/app.lock");
}
