var handler = new HttpClientHandler
{
    ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true,  // expect: CWE-295
};
var client = new HttpClient(handler);
