public class PageController : Controller
{
    public IActionResult Create(string typeName)
    {
        var instance = Activator.CreateInstance(Type.GetType(typeName));  // expect: CWE-470|CWE-94
        return Ok(instance);
    }
}
