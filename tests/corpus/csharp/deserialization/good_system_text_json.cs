using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

public record Message(string Kind, string Text);

public class Messages
{
    public async Task<Message> Read(Stream stream)
    {
        return await JsonSerializer.DeserializeAsync<Message>(stream);
    }
}
