public class FormulaController : Controller {
    [HttpPost]
    public IActionResult Run(string formula) {
        var value = new DataTable().Compute("1 + 2", "");
        return Ok(value);
    }
}
