var handler = new HttpClientHandler
{
    ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => errors == SslPolicyErrors.None && cert.Thumbprint == Pin,
};
var client = new HttpClient(handler);
