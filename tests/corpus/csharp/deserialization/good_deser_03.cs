public class Sample
{
    public object Import(Stream body)
    {
        var serializer = new XmlSerializer(typeof(Invoice));
        return serializer.Deserialize(body);
    }
}
