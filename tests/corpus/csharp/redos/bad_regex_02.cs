public class PageController : Controller
{
    [HttpGet("grep")]
    public IActionResult Grep(string pattern)
    {
        var re = new Regex(pattern);  // expect: CWE-1333|CWE-400
        return Ok(_lines.Where(l => re.IsMatch(l)));
    }
}
