public class Sample
{
    public XmlNode FindAccount(XmlDocument doc, int id)
    {
        var expr = "//user[@id='" + id + "']";
        return doc.SelectSingleNode(expr);
    }
    public XmlNodeList All(XmlDocument doc) => doc.SelectNodes("//user[@active='1']");
}
