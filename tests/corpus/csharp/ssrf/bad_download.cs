public class AvatarController : Controller {
    [HttpPost]
    public IActionResult FromAddress(string address) {
        using var client = new WebClient();
        var data = client.DownloadData(address);  // expect: CWE-918
        _store.Save(data);
        return Ok();
    }
}
