using System;
using System.Collections.Generic;

public class Policy
{
    private static readonly HashSet<string> Weak = new() { "MD5", "SHA1", "DES", "ECB" };

    public void Check(string algorithm)
    {
        if (Weak.Contains(algorithm))
        {
            throw new ArgumentException(algorithm + " is too weak");
        }
    }
}
