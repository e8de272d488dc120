using System;

public class Uploads
{
    public string NewName(string extension) => Guid.NewGuid().ToString("N") + extension;
}
