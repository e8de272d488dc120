using System.Xml;

public class Import
{
    public XmlDocument Read(string xml)
    {
        var document = new XmlDocument();
        document.XmlResolver = new XmlUrlResolver(); // expect: CWE-611
        document.LoadXml(xml); // expect: CWE-611
        return document;
    }
}
