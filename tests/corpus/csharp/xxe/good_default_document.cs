using System.Xml;

public class Import
{
    public XmlDocument Read(string xml)
    {
        var document = new XmlDocument { XmlResolver = null };
        document.LoadXml(xml);
        return document;
    }
}
