public class Sample
{
    public string RunTool(string action)
    {
        var allowed = new Dictionary<string, string> { ["status"] = "status --short", ["log"] = "log -n 5" };
        if (!allowed.TryGetValue(action, out var args))
            throw new ArgumentException("unknown action");
        var process = new Process();
        process.StartInfo.FileName = "git";
        process.StartInfo.Arguments = args;
        process.Start();
        return process.StandardOutput.ReadToEnd();
    }
}
