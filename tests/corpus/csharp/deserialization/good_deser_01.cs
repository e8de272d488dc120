public class Sample
{
    public Settings Load(Stream stream)
    {
        var serializer = new DataContractSerializer(typeof(Settings));
        return (Settings)serializer.ReadObject(stream);
    }
    public Settings Json(string s) => JsonSerializer.Deserialize<Settings>(s);
}
