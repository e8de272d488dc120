public class PageController : Controller
{
    [HttpGet("download")]
    public IActionResult Download(string fileName)
    {
        var root = Path.GetFullPath(Path.Combine(_env.WebRootPath, "uploads") + Path.DirectorySeparatorChar);
        var path = Path.GetFullPath(Path.Combine(root, fileName));
        if (!path.StartsWith(root, StringComparison.Ordinal))
            return BadRequest();
        var bytes = System.IO.File.ReadAllBytes(path);
        return File(bytes, "application/octet-stream", fileName);
    }
}
