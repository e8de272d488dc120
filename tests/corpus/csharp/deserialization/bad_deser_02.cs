public class Sample
{
    public T Read<T>(string json)
    {
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };  // expect: CWE-502
        return JsonConvert.DeserializeObject<T>(json, settings);
    }
}
