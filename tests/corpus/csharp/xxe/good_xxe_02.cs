public class Sample
{
    public XDocument Parse(Stream input)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        };
        using var reader = XmlReader.Create(input, settings);
        return XDocument.Load(reader);
    }
    public XDocument Ignore(Stream s) => XDocument.Load(XmlReader.Create(s, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore }));
}
