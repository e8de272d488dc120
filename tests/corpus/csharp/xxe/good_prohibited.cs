using System.IO;
using System.Xml;

public class Feed
{
    public XmlReader Open(Stream stream)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        return XmlReader.Create(stream, settings);
    }
}
