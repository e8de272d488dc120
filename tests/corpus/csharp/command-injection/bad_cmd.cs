using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

public class PingController : Controller
{
    [HttpGet("/ping")]
    public IActionResult Ping(string host)
    {
        var process = Process.Start("cmd.exe", "/c ping -n 3 " + host); // expect: CWE-78
        process.WaitForExit();
        return Ok(process.ExitCode);
    }
}
