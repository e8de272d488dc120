public class PageController : Controller
{
    [HttpPost("upload")]
    public async Task<IActionResult> Upload(IFormFile file)
    {
        var target = Path.Combine("uploads", file.FileName);
        using var stream = new FileStream(target, FileMode.Create);  // expect: CWE-22
        await file.CopyToAsync(stream);
        return Ok();
    }
}
