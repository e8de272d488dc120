public class PageController : Controller
{
    [HttpPost]
    public async Task<IActionResult> Create([FromBody] User user)
    {
        _context.Users.Add(user);  // expect: CWE-915
        await _context.SaveChangesAsync();
        return Ok(user);
    }
}
