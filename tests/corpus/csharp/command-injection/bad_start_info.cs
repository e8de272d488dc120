using System.Diagnostics;

public class Converter
{
    public void Convert(string source, string format)
    {
        var info = new ProcessStartInfo
        {
            FileName = "/bin/bash",
            Arguments = $"-c \"convert {source} out.{format}\"", // expect: CWE-78
            UseShellExecute = false,
        };
        Process.Start(info);
    }
}
