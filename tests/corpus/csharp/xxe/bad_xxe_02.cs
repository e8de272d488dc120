public class Sample
{
    public XDocument Parse(Stream input)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,  // expect: CWE-611
            XmlResolver = new XmlUrlResolver(),
        };
        using var reader = XmlReader.Create(input, settings);
        return XDocument.Load(reader);
    }
}
