class Exporter {
    public void Write(string csv) {
        File.WriteAllText("/tmp/export.csv", csv);  // expect: CWE-377
    }
}
