using System.Net;
using System.Net.Http;
using System.Net.Security;

class Clients
{
    HttpClient Größe()
    {
        var größe = new HttpClientHandler();
        // ruleid: tls-verification-off-csharp
        größe.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true;
        return new HttpClient(größe);
    }

    HttpClientHandler Any()
    {
        return new HttpClientHandler
        {
            // ruleid: tls-verification-off-csharp
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
    }

    void WholeProcess()
    {
        // ruleid: tls-verification-off-csharp
        ServicePointManager.ServerCertificateValidationCallback += (sender, certificate, chain, errors) => { return true; };
    }

    HttpClient Default()
    {
        // ok: tls-verification-off-csharp
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
    }

    void Checked(HttpClientHandler handler, string thumbprint)
    {
        // ok: tls-verification-off-csharp
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => certificate.Thumbprint == thumbprint;
    }

    void Strict(HttpClientHandler handler)
    {
        // ok: tls-verification-off-csharp
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => errors == SslPolicyErrors.None;
    }
}
