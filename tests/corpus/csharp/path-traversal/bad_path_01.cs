public class PageController : Controller
{
    [HttpGet("download")]
    public IActionResult Download(string fileName)
    {
        var path = Path.Combine(_env.WebRootPath, "uploads", fileName);
        var bytes = System.IO.File.ReadAllBytes(path);  // expect: CWE-22
        return File(bytes, "application/octet-stream", fileName);
    }
}
