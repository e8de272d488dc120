using System.Diagnostics;
public class PageController : Controller
{
    [HttpPost("ping")]
    public IActionResult Ping([FromBody] PingRequest req)
    {
        var psi = new ProcessStartInfo
        {
            FileName = "/bin/bash",
            Arguments = $"-c \"ping -c 4 {req.Host}\"",  // expect: CWE-78
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var p = Process.Start(psi);
        return Ok(p.StandardOutput.ReadToEnd());
    }
}
