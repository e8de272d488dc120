public class PageController : Controller
{
    [HttpGet("grep")]
    public IActionResult Grep(string word)
    {
        var re = new Regex(Regex.Escape(word), RegexOptions.IgnoreCase);
        return Ok(_lines.Where(l => re.IsMatch(l)));
    }
}
