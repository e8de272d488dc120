public class PageController : Controller
{
    [HttpPost("import")]
    public IActionResult Import(string xml)
    {
        var doc = new XmlDocument { XmlResolver = null };
        doc.LoadXml(xml);
        return Ok(doc.DocumentElement.Name);
    }
}
