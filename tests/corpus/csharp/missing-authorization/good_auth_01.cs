[ApiController]
[Authorize]
[Route("api/[controller]")]
public class DocumentsController : ControllerBase
{
    [HttpGet]
    public IActionResult List() => Ok(_store.All());

    [HttpPost]
    [Authorize(Roles = "Editor")]
    public IActionResult Create(DocumentDto dto) { _store.Add(dto); return Ok(); }

    [HttpDelete("{id}")]
    public IActionResult Delete(int id)
    {
        _store.Remove(id);
        return NoContent();
    }
}
