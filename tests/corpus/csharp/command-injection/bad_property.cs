using System.Diagnostics;

public class Backup
{
    public int Run(string database)
    {
        var process = new Process();
        process.StartInfo.FileName = "sh";
        process.StartInfo.Arguments = "-c 'pg_dump " + database + " > dump.sql'"; // expect: CWE-78
        process.Start();
        process.WaitForExit();
        return process.ExitCode;
    }
}
