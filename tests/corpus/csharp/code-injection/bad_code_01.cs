public class PageController : Controller
{
    [HttpPost("eval")]
    public async Task<IActionResult> Eval([FromBody] string code)
    {
        var result = await CSharpScript.EvaluateAsync(code);  // expect: CWE-94|CWE-95
        return Ok(result);
    }
}
