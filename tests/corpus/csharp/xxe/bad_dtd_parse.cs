using System.IO;
using System.Xml;

public class Feed
{
    public XmlReader Open(Stream stream)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = new XmlUrlResolver() }; // expect: CWE-611
        return XmlReader.Create(stream, settings); // expect: CWE-611
    }
}
