using Newtonsoft.Json;

public class Messages
{
    private static readonly JsonSerializerSettings Settings = new JsonSerializerSettings
    {
        TypeNameHandling = TypeNameHandling.None,
        NullValueHandling = NullValueHandling.Ignore,
    };

    public Order Read(string json) => JsonConvert.DeserializeObject<Order>(json, Settings);
}
