public class PageController : Controller
{
    public IActionResult Create()
    {
        var instance = Activator.CreateInstance(typeof(Widget));
        return Ok(instance);
    }
}
