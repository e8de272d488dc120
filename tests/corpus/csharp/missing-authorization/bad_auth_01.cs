[ApiController]
[Route("api/[controller]")]
public class DocumentsController : ControllerBase
{
    [HttpGet]
    [Authorize]
    public IActionResult List() => Ok(_store.All());

    [HttpPost]
    [Authorize]
    public IActionResult Create(DocumentDto dto) { _store.Add(dto); return Ok(); }

    [HttpDelete("{id}")]
    public IActionResult Delete(int id)  // expect: CWE-862|CWE-306
    {
        _store.Remove(id);
        return NoContent();
    }
}
