public class Sample
{
    public object Load(Stream stream)
    {
        var formatter = new BinaryFormatter();
        return formatter.Deserialize(stream);  // expect: CWE-502
    }
}
