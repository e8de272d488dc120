public class DocumentController : Controller
{
    public IActionResult Delete()
    {
        var name = Request.Form["name"].ToString();
        System.IO.File.Delete(Path.Combine(_root, name));  // expect: CWE-22
        return RedirectToAction("Index");
    }
}
