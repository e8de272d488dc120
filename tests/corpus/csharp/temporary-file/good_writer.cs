class Dumps {
    public void Write(string text, Guid id) {
        using var writer = new StreamWriter($"/tmp/{id}.txt");
        writer.Write(text);
    }
}
