public class ReportsController : Controller {
    [Authorize(Roles = "Manager")]
    [HttpPost]
    public IActionResult Publish(int id) => Done(id);

    [Authorize(Roles = "Manager")]
    [HttpPost]
    public IActionResult Retract(int id) => Done(id);

    [HttpPost]
    public IActionResult Erase(int id) {
        if (!User.IsInRole("Manager")) return Forbid();
        return Done(id);
    }
}
