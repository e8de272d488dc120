using System.Net.Http;
using System.Net.Security;

public static class Clients
{
    public static HttpClient Create(string thumbprint)
    {
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) =>
                errors == SslPolicyErrors.None && certificate.Thumbprint == thumbprint,
        };
        return new HttpClient(handler);
    }
}
