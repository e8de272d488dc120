using System.IO;
using System.Xml.Serialization;

public class Settings
{
    public Options Read(Stream stream)
    {
        var serializer = new XmlSerializer(typeof(Options));
        return (Options)serializer.Deserialize(stream);
    }
}
