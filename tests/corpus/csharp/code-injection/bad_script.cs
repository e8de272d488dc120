public class FormulaController : Controller {
    [HttpPost]
    public async Task<IActionResult> Run(string formula) {
        var value = await CSharpScript.EvaluateAsync<double>("return " + formula + ";");  // expect: CWE-94
        return Ok(value);
    }
}
