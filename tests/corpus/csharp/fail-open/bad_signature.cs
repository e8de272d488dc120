class Webhooks {
    private bool IsValidSignature(byte[] body, string given) {
        try { return CryptographicOperations.FixedTimeEquals(Mac(body), Convert.FromHexString(given)); }
        catch { return true; }  // expect: CWE-636
    }
}
