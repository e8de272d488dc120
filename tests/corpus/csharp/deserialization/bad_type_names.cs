using Newtonsoft.Json;

public class Messages
{
    private static readonly JsonSerializerSettings Settings = new JsonSerializerSettings
    {
        TypeNameHandling = TypeNameHandling.All, // expect: CWE-502
    };

    public object Read(string json) => JsonConvert.DeserializeObject(json, Settings);
}
