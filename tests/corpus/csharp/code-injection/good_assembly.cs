public class PluginController : Controller {
    [HttpPost]
    public IActionResult Load() {
        var plugin = Assembly.LoadFrom("plugins/report.dll");
        return Ok(plugin.FullName);
    }
}
