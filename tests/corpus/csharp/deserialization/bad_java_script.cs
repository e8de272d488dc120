using System.Web.Script.Serialization;

public class Import
{
    public T Read<T>(string json)
    {
        var serializer = new JavaScriptSerializer(new SimpleTypeResolver()); // expect: CWE-502
        return serializer.Deserialize<T>(json);
    }
}
