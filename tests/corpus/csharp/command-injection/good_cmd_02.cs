public class Converter
{
    private const string Tool = "ffmpeg";
    public void Version()
    {
        Process.Start("cmd.exe", "/c " + Tool + " -version");
    }
    public void OpenBrowser()
    {
        var url = "https://localhost:5001";
        Process.Start(new ProcessStartInfo { FileName = "xdg-open", Arguments = url });
    }
    public void Git(int depth) => Process.Start("git", $"fetch --depth {depth}");
}
