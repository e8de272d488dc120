using System;
using System.Diagnostics;

public class Services
{
    public void Restart(string service)
    {
        var unit = service switch
        {
            "web" => "nginx",
            "cache" => "redis",
            _ => throw new ArgumentException("service"),
        };
        Process.Start("systemctl", "restart " + unit);
    }
}
