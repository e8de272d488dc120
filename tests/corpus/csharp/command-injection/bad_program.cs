using System.Diagnostics;
using Microsoft.AspNetCore.Http;

public class Tools
{
    public void Run(HttpRequest request)
    {
        var tool = request.Query["tool"].ToString();
        Process.Start(tool); // expect: CWE-78
    }
}
