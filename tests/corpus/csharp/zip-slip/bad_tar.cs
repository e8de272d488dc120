class Tars {
    public async Task Unpack(TarReader reader, string folder) {
        while (await reader.GetNextEntryAsync() is { } entry) {
            await entry.ExtractToFileAsync(Path.Combine(folder, entry.Name), true);  // expect: CWE-22
        }
    }
}
