class Spool {
    public void Make() {
        Directory.CreateDirectory("spool", UnixFileMode.UserExecute | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);  // expect: CWE-732
    }
}
