class Locks {
    public FileStream Take() => File.Create("/tmp/app.lock");  // expect: CWE-377
}
