using System.Text;
using System.Xml;

public class Export
{
    public string Write(string title)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text))
        {
            writer.WriteElementString("title", title);
        }
        return text.ToString();
    }
}
