using System.IO;
using System.Xml;

public class Names
{
    public string First(TextReader text)
    {
        using var reader = new XmlTextReader(text);
        reader.DtdProcessing = DtdProcessing.Parse; // expect: CWE-611
        reader.XmlResolver = new XmlUrlResolver();
        reader.MoveToContent();
        return reader.Name;
    }
}
