public class Sample
{
    public T Read<T>(string json)
    {
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None, MaxDepth = 32 };
        return JsonConvert.DeserializeObject<T>(json, settings);
    }
}
