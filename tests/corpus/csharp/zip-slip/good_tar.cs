class Tars {
    public async Task Unpack(Stream stream, string folder) {
        await TarFile.ExtractToDirectoryAsync(stream, folder, overwriteFiles: false);
    }
}
