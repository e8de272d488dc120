using System.Collections.Generic;

public class Timeline
{
    private readonly List<string> _entries = new();

    public void Start(string name, string arguments)
    {
        _entries.Add(name + " " + arguments);
    }

    public void Begin(string label)
    {
        Start("job", "--label " + label);
    }
}
