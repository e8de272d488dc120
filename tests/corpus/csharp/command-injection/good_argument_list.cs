using System.Diagnostics;

public class Lookup
{
    public int Run(string host)
    {
        var info = new ProcessStartInfo("nslookup") { UseShellExecute = false };
        info.ArgumentList.Add("--");
        info.ArgumentList.Add(host);
        using var process = Process.Start(info);
        process.WaitForExit();
        return process.ExitCode;
    }
}
