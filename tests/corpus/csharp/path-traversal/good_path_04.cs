public class DocumentController : Controller
{
    public IActionResult Delete(Guid id)
    {
        System.IO.File.Delete(Path.Combine(_root, id.ToString("N") + ".pdf"));
        return RedirectToAction("Index");
    }
    private string Template(string lang)
    {
        var file = lang == "de" ? "de.html" : "en.html";
        return System.IO.File.ReadAllText(Path.Combine(_root, file));
    }
}
