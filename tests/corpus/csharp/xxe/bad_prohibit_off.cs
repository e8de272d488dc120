using System.Xml;

public class Config
{
    public XmlReader Open(string path)
    {
        var settings = new XmlReaderSettings();
        settings.ProhibitDtd = false; // expect: CWE-611
        settings.XmlResolver = new XmlUrlResolver(); // expect: CWE-611
        return XmlReader.Create(path, settings);
    }
}
