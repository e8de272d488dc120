public class PageController : Controller
{
    [HttpPost("eval")]
    public async Task<IActionResult> Eval([FromBody] int value)
    {
        var result = await CSharpScript.EvaluateAsync("1 + 2");
        return Ok(result);
    }
}
