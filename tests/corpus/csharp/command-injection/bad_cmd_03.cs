public class Sample
{
    public string RunTool(string toolName, string args)
    {
        var process = new Process();
        process.StartInfo.FileName = toolName;  // expect: CWE-78
        process.StartInfo.Arguments = args;
        process.Start();
        return process.StandardOutput.ReadToEnd();
    }
}
