class Spool {
    public void Make() {
        Directory.CreateDirectory("spool", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
