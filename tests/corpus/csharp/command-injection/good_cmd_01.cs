using System.Diagnostics;
public class PageController : Controller
{
    [HttpPost("ping")]
    public IActionResult Ping([FromBody] PingRequest req)
    {
        if (!IPAddress.TryParse(req.Host, out var address))
            return BadRequest("not an address");
        var psi = new ProcessStartInfo("ping") { RedirectStandardOutput = true, UseShellExecute = false };
        psi.ArgumentList.Add("-c");
        psi.ArgumentList.Add("4");
        psi.ArgumentList.Add(address.ToString());
        using var p = Process.Start(psi);
        return Ok(p.StandardOutput.ReadToEnd());
    }
}
