using System.IO;
using System.Runtime.Serialization.Formatters.Binary;

public class Sessions
{
    public object Load(Stream stream)
    {
        var formatter = new BinaryFormatter(); // expect: CWE-502
        return formatter.Deserialize(stream); // expect: CWE-502
    }
}
