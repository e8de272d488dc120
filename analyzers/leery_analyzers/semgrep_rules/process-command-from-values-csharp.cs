using System.Diagnostics;

class Tools
{
    Process Ping(string host)
    {
        // ruleid: process-command-from-values-csharp
        return Process.Start("ping", "-n 1 " + host);
    }

    Process Shell(string name)
    {
        // ruleid: process-command-from-values-csharp
        return Process.Start(new ProcessStartInfo("cmd.exe", $"/c type größe {name}"));
    }

    void Info(ProcessStartInfo info, string folder)
    {
        info.FileName = "/bin/sh";
        // ruleid: process-command-from-values-csharp
        info.Arguments = $"-c \"ls {folder}\"";
    }

    Process Anything(string program)
    {
        // ruleid: process-command-from-values-csharp
        return Process.Start(program);
    }

    Process Constant()
    {
        // ok: process-command-from-values-csharp
        return Process.Start("git", "status --short");
    }

    Process Separate(string host)
    {
        // ok: process-command-from-values-csharp
        var info = new ProcessStartInfo("ping") { UseShellExecute = false };
        info.ArgumentList.Add("-n");
        info.ArgumentList.Add(host);
        return Process.Start(info);
    }

    Process Collection(string host)
    {
        // ok: process-command-from-values-csharp
        return Process.Start("ping", new[] { "-n", "1", host });
    }

    void NotAProcess(Worker worker, string name)
    {
        // ok: process-command-from-values-csharp
        worker.Start("job " + name);
    }
}
