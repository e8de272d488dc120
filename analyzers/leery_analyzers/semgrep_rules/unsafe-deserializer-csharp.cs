using System.IO;
using System.Runtime.Serialization.Formatters.Binary;
using System.Text.Json;
using Newtonsoft.Json;

class Reader
{
    object Session(Stream größe)
    {
        // ruleid: unsafe-deserializer-csharp
        return /* größe */ new BinaryFormatter().Deserialize(größe);
    }

    object Message(string text)
    {
        // ruleid: unsafe-deserializer-csharp
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };
        return JsonConvert.DeserializeObject(text, settings);
    }

    void Configure(JsonSerializerSettings settings)
    {
        // ruleid: unsafe-deserializer-csharp
        settings.TypeNameHandling = TypeNameHandling.Auto;
    }

    object Plain(string text)
    {
        // ok: unsafe-deserializer-csharp
        return JsonSerializer.Deserialize<Message>(text);
    }

    object NoNames(string text)
    {
        // ok: unsafe-deserializer-csharp
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.None };
        return JsonConvert.DeserializeObject<Message>(text, settings);
    }

    object Listed(string text, KnownTypes known)
    {
        // ok: unsafe-deserializer-csharp
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Auto, SerializationBinder = known };
        return JsonConvert.DeserializeObject<Message>(text, settings);
    }
}
