public class Converter
{
    public void Convert(string inputPath, string outputPath)
    {
        Process.Start("cmd.exe", "/c ffmpeg -i " + inputPath + " " + outputPath);  // expect: CWE-78
    }
}
