using System.Net;

public static class Startup
{
    public static void Configure()
    {
        ServicePointManager.ServerCertificateValidationCallback += (sender, certificate, chain, errors) => true; // expect: CWE-295
    }
}
