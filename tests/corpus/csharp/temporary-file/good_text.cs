class Exporter {
    public void Write(string csv) {
        File.WriteAllText(Path.Combine(_folder, "export.csv"), csv);
    }
}
