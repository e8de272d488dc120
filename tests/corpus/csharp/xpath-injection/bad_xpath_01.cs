public class Sample
{
    public XmlNode FindAccount(XmlDocument doc, string user, string password)
    {
        var expr = "//user[name='" + user + "' and password='" + password + "']";
        return doc.SelectSingleNode(expr);  // expect: CWE-643
    }
}
