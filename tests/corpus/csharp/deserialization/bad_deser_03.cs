public class Sample
{
    public object Import(string typeName, Stream body)
    {
        var type = Type.GetType(typeName);
        var serializer = new XmlSerializer(type);  // expect: CWE-502
        return serializer.Deserialize(body);
    }
}
