using System.Linq;
using System.Xml.Linq;

public class Items
{
    public int Count(string xml) => XDocument.Parse(xml).Descendants("item").Count();
}
