using System.Net.Http;

public static class Clients
{
    public static HttpClient Create()
    {
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true, // expect: CWE-295
        };
        return new HttpClient(handler);
    }
}
