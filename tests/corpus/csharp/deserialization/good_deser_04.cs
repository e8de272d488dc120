public class Sample
{
    public object Proto(Stream s) => ProtoBuf.Serializer.Deserialize<Order>(s);
    public object Csv(string data) { var f = new CsvFormatter(); return f.Deserialize(data); }
}
