using System.Net.Http;
using System.Security.Authentication;

public static class Clients
{
    public static HttpClient Create()
    {
        var handler = new HttpClientHandler { SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        return new HttpClient(handler);
    }
}
