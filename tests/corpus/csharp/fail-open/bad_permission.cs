class Permissions {
    public async Task<bool> HasPermissionAsync(int user, string what) {
        try { return await _remote.AskAsync(user, what); }
        catch (HttpRequestException error) {
            _logger.LogWarning(error, "no answer");
            return true;  // expect: CWE-636
        }
    }
}
