using System.Diagnostics;

public class Version
{
    private const string Branch = "main";

    public void Show()
    {
        Process.Start("git", "rev-parse --short " + Branch);
    }
}
