public class PageController : Controller
{
    [HttpPost("import")]
    public IActionResult Import(string xml)
    {
        var doc = new XmlDocument();
        doc.XmlResolver = new XmlUrlResolver();  // expect: CWE-611
        doc.LoadXml(xml);
        return Ok(doc.DocumentElement.Name);
    }
}
