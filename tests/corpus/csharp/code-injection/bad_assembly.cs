public class PluginController : Controller {
    [HttpPost]
    public IActionResult Load(string path) {
        var plugin = Assembly.LoadFrom(path);  // expect: CWE-94
        return Ok(plugin.FullName);
    }
}
