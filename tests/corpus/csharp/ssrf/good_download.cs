public class AvatarController : Controller {
    [HttpPost]
    public IActionResult FromAddress(string size) {
        var address = size == "big" ? "https://img.example.com/b.png" : "https://img.example.com/s.png";
        using var client = new WebClient();
        _store.Save(client.DownloadData(address));
        return Ok();
    }
}
