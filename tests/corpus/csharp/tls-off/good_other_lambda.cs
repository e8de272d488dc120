using System;
using System.Linq;

public class Filters
{
    private readonly Func<string, int, bool> _validationCallback = (name, size) => true;

    public int Count(string[] names) => names.Count(name => _validationCallback(name, name.Length));
}
